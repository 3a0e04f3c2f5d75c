//! What a copy of somebody's data holds, kind by kind. No secrets: no hash, no token, no key, no text of a mail that carries a link to
//! an account or a gift card.
//!
//! `$1` is the customer (0: a guest), `$2` their proved addresses, `$3` the row after which a page begins; `mine` are their orders.

/// One kind of data: a file as JSON and one as a table. The column `line` orders the rows and is left out.
pub struct Section {
    /// The name of its files.
    pub name: &'static str,
    pub(super) sql: &'static str,
}

/// Rows of a section that are read at once.
pub const PAGE: usize = 200;

/// The orders of whoever it is.
const MINE: &str = "with mine as (select o.* from orders o
     where ($1 > 0 and o.customer_id = $1) or (o.customer_id is null and lower(o.email) = any($2)))";

impl Section {
    /// The query for a page of the section.
    pub fn query(&self) -> String {
        let sql = self.sql;
        format!(
            "{MINE} select r.line as line, row_to_json(r)::text as row from ({sql}) r where r.line > $3 order by r.line limit {PAGE}"
        )
    }

    /// The query for how many rows it has.
    pub fn count(&self) -> String {
        format!("({MINE} select '{}' as name, count(*) as count from ({}) r)", self.name, self.sql)
    }
}

macro_rules! sections {
    ($($name:literal: $sql:literal),+ $(,)?) => {
        /// All kinds of data.
        pub const SECTIONS: &[Section] = &[$(Section { name: $name, sql: $sql }),+];
    };
}

sections! {
    "profile": "select c.id as line, c.email, c.email_verified_at, c.name, c.vat_id, c.locale as language, c.created_at from customers c where c.id = $1",
    "addresses": "select a.id as line, a.address->>'name' as name, a.address->>'company' as company, a.address->>'street' as street,
                         a.address->>'extra' as extra, a.address->>'postal_code' as postal_code, a.address->>'city' as city,
                         a.address->>'region' as region, a.address->>'country' as country, a.address->>'phone' as phone,
                         a.is_default, a.created_at, a.updated_at
                    from customer_addresses a where a.customer_id = $1",
    "orders": "select o.id as line, o.number, o.placed_at, o.status, o.payment_status, o.fulfilment_status, o.email, o.customer_name, o.note,
                      o.locale as language, o.currency, o.goods_total, o.discount_total, o.shipping_total, o.shipping_discount, o.tax_total, o.total,
                      o.shipping_method, o.payment_method, o.shipping_address, o.billing_address
                 from mine o",
    "order_lines": "select l.id as line, o.number as order, l.title, l.variant_title as variant, l.sku, l.quantity, l.unit_price, l.discount,
                           l.total, o.currency
                      from mine o join order_lines l on l.order_id = o.id",
    "order_discounts": "select d.id as line, o.number as order, d.order_line_id, d.name, d.code, d.amount, o.currency
                          from mine o join order_discounts d on d.order_id = o.id",
    "discount_uses": "select u.id as line, p.name, c.code, o.number as order, u.amount, u.created_at, u.given_back_at
                        from promotion_uses u join promotions p on p.id = u.promotion_id left join promotion_codes c on c.id = u.code_id
                             left join orders o on o.id = u.order_id
                       where ($1 > 0 and u.customer_id = $1) or u.order_id in (select id from mine)",
    "order_taxes": "select t.id as line, o.number as order, t.name, t.class, t.country, t.region, t.rate_millionths, t.included, t.amount, o.currency
                      from mine o join order_taxes t on t.order_id = o.id",
    "vat_ids": "select o.id as line, o.number as order, s.vat_id, s.reverse_charge, s.exempt, c.answer, c.register, c.consultation, c.name, c.address, c.at
                  from mine o join order_tax_standings s on s.order_id = o.id left join vat_checks c on c.id = s.vat_check_id",
    "order_history": "select t.id as line, o.number as order, t.at, t.kind, t.staff_id is not null as by_staff, t.detail
                        from mine o join order_timeline t on t.order_id = o.id",
    "payments": "select p.id as line, o.number as order, p.created_at, p.gateway, p.reference, p.amount, p.currency, p.state
                   from mine o join payments p on p.order_id = o.id",
    "captures": "select c.id as line, o.number as order, c.at, c.amount, p.currency, c.state
                   from mine o join payments p on p.order_id = o.id join payment_captures c on c.payment_id = p.id",
    "refunds": "select r.id as line, o.number as order, r.at, r.amount, p.currency, r.state, r.reason
                  from mine o join payments p on p.order_id = o.id join payment_refunds r on r.payment_id = p.id",
    "payment_pages": "select s.payment_id as line, s.created_at, s.email, s.snapshot #> '{order,shipping_address}' as shipping_address,
                             s.snapshot #> '{order,billing_address}' as billing_address, s.snapshot #>> '{order,note}' as note
                        from payment_sessions s
                       where s.forgotten_at is null
                         and (s.order_id in (select id from mine) or s.cart_id in (select cart_id from mine) or lower(s.email) = any($2))",
    "shipments": "select f.id as line, o.number as order, f.at, f.carrier, f.tracking_number, f.tracking_url
                    from mine o join fulfilments f on f.order_id = o.id",
    "carts": "select l.id as line, p.title, v.title as variant, v.sku, l.quantity, l.created_at as put_in_at
                from carts c join cart_lines l on l.cart_id = c.id join variants v on v.id = l.variant_id join products p on p.id = v.product_id
               where c.customer_id = $1",
    "checkouts": "select k.cart_id as line, k.email, k.country, k.address, k.note, k.updated_at
                    from checkouts k join carts c on c.id = k.cart_id where c.customer_id = $1 or lower(k.email) = any($2)",
    "sessions": "select s.id as line, s.device, s.address, s.created_at, s.seen_at, s.expires_at from customer_sessions s
                  where s.customer_id = $1 and s.viewer_session_id is null",
    "sign_in_attempts": "select f.id as line, f.at, f.address from sign_in_failures f
                          where f.account = any(select 'customer ' || email from unnest($2) email)",
    "identities": "select i.id as line, i.issuer, i.subject, i.email, i.created_at, i.used_at from customer_identities i where i.customer_id = $1",
    "passkeys": "select k.id as line, k.name, k.made_at, k.used_at from passkeys k where k.account_kind = 'customer' and k.account_id = $1",
    "consents": "select c.id as line, c.at, c.statistics, c.marketing, c.version, c.locale as language from consents c where c.customer_id = $1",
    "groups": "select g.id as line, g.name from customer_groups g join customer_group_members m on m.group_id = g.id where m.customer_id = $1",
    "tax_exemption": "select e.id as line, e.reason, e.created_at from tax_exemptions e where e.customer_id = $1",
    "tags": "select row_number() over (order by t.tag) as line, t.tag from customer_tags t where t.customer_id = $1",
    "notes": "select n.id as line, n.at, n.text from customer_notes n where n.customer_id = $1",
    "acts_of_staff": "select a.id as line, a.at, a.action from audit a where a.subject = 'customer' and a.subject_id = $1",
    "store_credit": "select m.id as line, m.at, m.kind, m.amount, a.currency, o.number as order, m.reason
                       from credit_accounts a join credit_movements m on m.account_id = a.id left join orders o on o.id = m.order_id
                      where a.customer_id = $1",
    "gift_cards": "select g.account_id as line, g.last_four, g.value, a.balance, a.currency, g.expires_at, g.words, g.sent_at
                     from gift_cards g join credit_accounts a on a.id = g.account_id where lower(g.email) = any($2)",
    "messages": "select m.id as line, m.at, m.kind, m.channel, m.subject, m.body as text, o.number as order, p.title as product,
                        (select string_agg(f.name, ', ' order by f.id) from message_files f where f.message_id = m.id) as files
                   from conversations c join messages m on m.conversation_id = c.id
                        left join orders o on o.id = m.order_id left join products p on p.id = m.product_id
                  where c.customer_id = $1 or (c.customer_id is null and c.email = any($2))",
    "stock_wishes": "select w.id as line, w.email, p.title as product, v.title as variant, w.locale as language, w.created_at, w.confirmed_at, w.told_at
                       from stock_wishes w join variants v on v.id = w.variant_id join products p on p.id = v.product_id
                      where w.email = any($2)",
    "mails": "select m.id as line, m.created_at, m.sent_at, m.state, m.recipient, m.kind, m.subject,
                     case when m.kind like 'customer\\_%' or m.kind like 'privacy\\_%' or m.kind in ('stock_wish', 'gift_card') then '' else m.body_text end as text
                from mails m
               where lower(m.recipient) = any($2) or m.order_id in (select o.id from mine o where lower(o.email) = lower(m.recipient))",
}
