-- The /24 or /48 that an attempt came from: many addresses of one network share a budget of their own.
alter table sign_in_failures add column network text not null default '';
create index sign_in_failures_network on sign_in_failures (network, at);
