create table categories (
    id bigint generated always as identity primary key,
    parent_id bigint references categories on delete restrict check (parent_id <> id),
    handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]*$'),
    title text not null check (title <> ''),
    description text not null default '',          -- Markdown
    media_id bigint references media on delete set null,
    position integer not null default 0,
    created_at timestamptz not null default now()
);
create index categories_parent on categories (parent_id, position);
create unique index categories_title_once on categories (coalesce(parent_id, 0), title);

create table products (
    id bigint generated always as identity primary key,
    handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]*$'),
    title text not null check (title <> ''),
    description text not null default '',          -- as typed
    description_format text not null default 'markdown' check (description_format in ('markdown', 'html')),
    description_html text not null default '',     -- cleaned, ready to print
    status text not null default 'draft' check (status in ('draft', 'active', 'archived')),
    vendor text not null default '',
    product_type text not null default '',
    tags text[] not null default '{}',
    seo_title text not null default '',
    seo_description text not null default '',
    version integer not null default 1,
    published_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    search tsvector generated always as (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('simple', vendor || ' ' || product_type), 'B')
        || setweight(to_tsvector('english', title || ' ' || regexp_replace(description_html, '<[^>]*>', ' ', 'g')), 'C')
    ) stored
);
create index products_search on products using gin (search);
create index products_status on products (status, id desc);
create index products_tags on products using gin (tags);

create table product_options (
    id bigint generated always as identity primary key,
    product_id bigint not null references products on delete cascade,
    name text not null check (name <> ''),
    position integer not null,
    unique (product_id, name),
    unique (id, product_id)
);
create table option_values (
    id bigint generated always as identity primary key,
    option_id bigint not null references product_options on delete cascade,
    value text not null check (value <> ''),
    position integer not null,
    unique (option_id, value),
    unique (id, option_id)
);

create table product_media (
    id bigint generated always as identity primary key,
    product_id bigint not null references products on delete cascade,
    media_id bigint not null references media on delete restrict,
    alt text not null default '',
    position integer not null,
    unique (product_id, media_id)
);

create table variants (
    id bigint generated always as identity primary key,
    product_id bigint not null references products on delete cascade,
    title text not null default '',                -- "Mint / 600 ml"; empty for the only one
    sku text unique check (sku <> ''),
    barcode text not null default '',
    price bigint not null check (price >= 0 and price <= 100000000000),
    compare_at bigint check (compare_at >= 0 and compare_at <= 100000000000),
    weight_grams integer not null default 0 check (weight_grams >= 0),
    requires_shipping boolean not null default true,
    taxable boolean not null default true,
    media_id bigint references media on delete set null,
    position integer not null,
    archived_at timestamptz,
    created_at timestamptz not null default now()
);
create index variants_product on variants (product_id, position);

create table variant_options (
    variant_id bigint not null references variants on delete cascade,
    option_id bigint not null references product_options on delete cascade,
    value_id bigint not null,
    primary key (variant_id, option_id),
    foreign key (value_id, option_id) references option_values (id, option_id) on delete cascade
);

create table product_categories (
    product_id bigint not null references products on delete cascade,
    category_id bigint not null references categories on delete cascade,
    position integer not null default 0,
    primary key (product_id, category_id)
);
create index product_categories_category on product_categories (category_id, product_id);

-- Old handles lead to where the thing is now.
create table handle_redirects (
    kind text not null check (kind in ('product', 'category')),
    handle text not null,
    target_id bigint not null,
    created_at timestamptz not null default now(),
    primary key (kind, handle)
);
