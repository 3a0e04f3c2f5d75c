//! The tables as diesel sees them; made by bin/schema, compared with a migrated database by a test.

diesel::table! {
    announcement (id) {
        id -> SmallInt,
        texts -> Jsonb,
        link -> Text,
        shown -> Bool,
        shown_from -> Nullable<Timestamptz>,
        shown_until -> Nullable<Timestamptz>,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        staff_id -> Nullable<BigInt>,
        staff_email -> Text,
        action -> Text,
        subject -> Text,
        subject_id -> Nullable<BigInt>,
        before -> Nullable<Jsonb>,
        after -> Nullable<Jsonb>,
        address -> Text,
        at -> Timestamptz,
        device -> Text,
    }
}

diesel::table! {
    book_checks (id) {
        id -> BigInt,
        at -> Timestamptz,
        took_ms -> BigInt,
        drift -> Integer,
        outcomes -> Jsonb,
    }
}

diesel::table! {
    bundle_parts (bundle_id, part_id) {
        bundle_id -> BigInt,
        part_id -> BigInt,
        quantity -> Integer,
        position -> Integer,
    }
}

diesel::table! {
    cart_codes (cart_id, code) {
        cart_id -> BigInt,
        code -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    cart_declined_gifts (cart_id, product_id) {
        cart_id -> BigInt,
        product_id -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    cart_lines (id) {
        id -> BigInt,
        cart_id -> BigInt,
        variant_id -> BigInt,
        quantity -> Integer,
        seen_price -> BigInt,
        created_at -> Timestamptz,
        discount -> BigInt,
        discount_for -> Integer,
        seen_currency -> Nullable<Text>,
    }
}

diesel::table! {
    carts (id) {
        id -> BigInt,
        token_hash -> Binary,
        locale -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        expires_at -> Timestamptz,
        customer_id -> Nullable<BigInt>,
        placed_at -> Nullable<Timestamptz>,
        market_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    categories (id) {
        id -> BigInt,
        parent_id -> Nullable<BigInt>,
        handle -> Text,
        title -> Text,
        description -> Text,
        media_id -> Nullable<BigInt>,
        position -> Integer,
        created_at -> Timestamptz,
        seo_title -> Text,
        seo_description -> Text,
        arranged -> Bool,
        version -> Integer,
        updated_at -> Timestamptz,
        translations -> Jsonb,
    }
}

diesel::table! {
    change_feed (id) {
        id -> BigInt,
        subject -> Text,
        subject_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

diesel::table! {
    checkout_credits (cart_id, account_id) {
        cart_id -> BigInt,
        account_id -> BigInt,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    checkouts (cart_id) {
        cart_id -> BigInt,
        email -> Nullable<Text>,
        country -> Nullable<Text>,
        address -> Jsonb,
        shipping_method_id -> Nullable<BigInt>,
        payment_method -> Nullable<Text>,
        note -> Text,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    checkouts_begun (cart_id) {
        cart_id -> BigInt,
        at -> Timestamptz,
    }
}

diesel::table! {
    consents (id) {
        id -> BigInt,
        visitor -> Text,
        customer_id -> Nullable<BigInt>,
        statistics -> Bool,
        marketing -> Bool,
        version -> Text,
        locale -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    conversations (id) {
        id -> BigInt,
        customer_id -> Nullable<BigInt>,
        email -> Text,
        name -> Text,
        locale -> Text,
        secret -> Binary,
        status -> Text,
        snoozed_until -> Nullable<Timestamptz>,
        staff_id -> Nullable<BigInt>,
        waiting_since -> Nullable<Timestamptz>,
        staff_unread -> Integer,
        customer_unread -> Integer,
        newest_id -> BigInt,
        newest_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    credit_accounts (id) {
        id -> BigInt,
        kind -> Text,
        customer_id -> Nullable<BigInt>,
        currency -> Text,
        balance -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    credit_holds (cart_id, account_id) {
        cart_id -> BigInt,
        account_id -> BigInt,
        amount -> BigInt,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    credit_movements (id) {
        id -> BigInt,
        account_id -> BigInt,
        kind -> Text,
        amount -> BigInt,
        reason -> Text,
        order_id -> Nullable<BigInt>,
        payment_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

diesel::table! {
    customer_addresses (id) {
        id -> BigInt,
        customer_id -> BigInt,
        address -> Jsonb,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    customer_group_members (group_id, customer_id) {
        group_id -> BigInt,
        customer_id -> BigInt,
    }
}

diesel::table! {
    customer_groups (id) {
        id -> BigInt,
        name -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    customer_identities (id) {
        id -> BigInt,
        customer_id -> BigInt,
        issuer -> Text,
        subject -> Text,
        email -> Text,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    customer_notes (id) {
        id -> BigInt,
        customer_id -> BigInt,
        staff_id -> Nullable<BigInt>,
        text -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    customer_sessions (id) {
        id -> BigInt,
        token_hash -> Binary,
        customer_id -> BigInt,
        address -> Text,
        device -> Text,
        stay -> Bool,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ends_at -> Timestamptz,
        proved_at -> Timestamptz,
        viewer_session_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    customer_steps (token_hash) {
        token_hash -> Binary,
        customer_id -> BigInt,
        stay -> Bool,
        next -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    customer_tags (customer_id, tag) {
        customer_id -> BigInt,
        tag -> Text,
    }
}

diesel::table! {
    customer_tokens (id) {
        id -> BigInt,
        token_hash -> Binary,
        kind -> Text,
        customer_id -> Nullable<BigInt>,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        locale -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    customers (id) {
        id -> BigInt,
        email -> Text,
        email_verified_at -> Nullable<Timestamptz>,
        name -> Text,
        password_hash -> Nullable<Text>,
        locale -> Text,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        merged_into -> Nullable<BigInt>,
        version -> Integer,
        vat_id -> Text,
    }
}

diesel::table! {
    data_downloads (id) {
        id -> BigInt,
        customer_id -> BigInt,
        asked_at -> Timestamptz,
        expires_at -> Timestamptz,
        fetched_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    draft_orders (id) {
        id -> BigInt,
        cart_id -> BigInt,
        token -> Text,
        locale -> Text,
        staff_id -> BigInt,
        version -> Integer,
        links_sent -> Integer,
        link_sent_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        customer_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    exchange_rates (currency, day) {
        currency -> Text,
        day -> Date,
        rate -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    first_run_links (token_hash) {
        token_hash -> Binary,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    forgotten_orders (order_id) {
        order_id -> BigInt,
        asked_at -> Nullable<Timestamptz>,
        reduced_at -> Nullable<Timestamptz>,
        anonymised_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    fulfilment_lines (fulfilment_id, order_line_id) {
        fulfilment_id -> BigInt,
        order_line_id -> BigInt,
        quantity -> Integer,
    }
}

diesel::table! {
    fulfilments (id) {
        id -> BigInt,
        order_id -> BigInt,
        carrier -> Text,
        tracking_number -> Text,
        tracking_url -> Text,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
        location_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    gift_card_terms (id) {
        id -> Bool,
        years -> Integer,
    }
}

diesel::table! {
    gift_cards (account_id) {
        account_id -> BigInt,
        code_hash -> Binary,
        last_four -> Text,
        value -> BigInt,
        expires_at -> Nullable<Timestamptz>,
        disabled_at -> Nullable<Timestamptz>,
        order_line_id -> Nullable<BigInt>,
        piece -> Nullable<Integer>,
        email -> Text,
        words -> Text,
        locale -> Text,
        link_hash -> Nullable<Binary>,
        shown_at -> Nullable<Timestamptz>,
        sendings -> Integer,
        sent_at -> Nullable<Timestamptz>,
        staff_id -> Nullable<BigInt>,
        created_at -> Timestamptz,
        form_key -> Nullable<Text>,
    }
}

diesel::table! {
    handle_redirects (kind, handle) {
        kind -> Text,
        handle -> Text,
        target_id -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    label_account (id) {
        id -> Bool,
        address -> Text,
        length_cm -> Integer,
        width_cm -> Integer,
        height_cm -> Integer,
    }
}

diesel::table! {
    legal_pages (kind) {
        kind -> Text,
        title -> Text,
        body -> Text,
        updated_at -> Timestamptz,
        translations -> Jsonb,
    }
}

diesel::table! {
    locations (id) {
        id -> BigInt,
        name -> Text,
        position -> Integer,
        active -> Bool,
        country -> Nullable<Text>,
        region -> Text,
        postal_code -> Text,
    }
}

diesel::table! {
    lost_pictures (id) {
        id -> BigInt,
        product_id -> BigInt,
        url -> Text,
        job -> Jsonb,
        reason -> Text,
        reason_values -> Jsonb,
        waits -> Bool,
        at -> Timestamptz,
    }
}

diesel::table! {
    mails (id) {
        id -> BigInt,
        kind -> Text,
        sender -> Text,
        recipient -> Text,
        subject -> Text,
        html -> Text,
        body_text -> Text,
        order_id -> Nullable<BigInt>,
        dedupe_key -> Nullable<Text>,
        state -> Text,
        failure -> Nullable<Text>,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        message_id -> Text,
        reply_to -> Text,
        in_reply_to -> Text,
        reference_ids -> Text,
    }
}

diesel::table! {
    market_countries (country) {
        country -> Text,
        market_id -> BigInt,
    }
}

diesel::table! {
    markets (id) {
        id -> BigInt,
        name -> Text,
        is_primary -> Bool,
        currency -> Nullable<Text>,
        locale -> Nullable<Text>,
        tax_display -> Text,
        rounding -> Text,
        active -> Bool,
        position -> Integer,
        version -> Integer,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    media (id) {
        id -> BigInt,
        sha256 -> Binary,
        file_name -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
        colour -> Text,
        widths -> Array<Integer>,
        state -> Text,
        failure -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    menu_links (id) {
        id -> BigInt,
        menu -> Text,
        parent_id -> Nullable<BigInt>,
        position -> Integer,
        labels -> Jsonb,
        category_id -> Nullable<BigInt>,
        product_id -> Nullable<BigInt>,
        place -> Text,
        address -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    message_files (id) {
        id -> BigInt,
        message_id -> BigInt,
        name -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        place -> Text,
    }
}

diesel::table! {
    messages (id) {
        id -> BigInt,
        conversation_id -> BigInt,
        kind -> Text,
        channel -> Text,
        subject -> Text,
        body -> Text,
        quoted -> Text,
        order_id -> Nullable<BigInt>,
        product_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        sender -> Text,
        trust -> Text,
        automatic -> Bool,
        message_id -> Nullable<Text>,
        at -> Timestamptz,
    }
}

diesel::table! {
    option_values (id) {
        id -> BigInt,
        option_id -> BigInt,
        value -> Text,
        position -> Integer,
        translations -> Jsonb,
    }
}

diesel::table! {
    order_batches (id) {
        id -> BigInt,
        staff_id -> BigInt,
        outcome -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    order_deliveries (order_id) {
        order_id -> BigInt,
        first_day -> Nullable<Date>,
        last_day -> Nullable<Date>,
        days_min -> Integer,
        days_max -> Integer,
        pickup -> Text,
        pickup_note -> Text,
        translations -> Jsonb,
    }
}

diesel::table! {
    order_discounts (id) {
        id -> BigInt,
        order_id -> BigInt,
        order_line_id -> Nullable<BigInt>,
        name -> Text,
        promotion_id -> Nullable<BigInt>,
        code -> Nullable<Text>,
        amount -> BigInt,
        translations -> Jsonb,
    }
}

diesel::table! {
    order_line_parts (order_line_id, variant_id) {
        order_line_id -> BigInt,
        variant_id -> BigInt,
        quantity -> Integer,
        title -> Text,
        variant_title -> Text,
        translations -> Jsonb,
        sku -> Text,
        position -> Integer,
    }
}

diesel::table! {
    order_lines (id) {
        id -> BigInt,
        order_id -> BigInt,
        product_id -> Nullable<BigInt>,
        variant_id -> Nullable<BigInt>,
        title -> Text,
        variant_title -> Text,
        sku -> Text,
        handle -> Text,
        media_id -> Nullable<BigInt>,
        weight_grams -> Integer,
        requires_shipping -> Bool,
        quantity -> Integer,
        unit_price -> BigInt,
        discount -> BigInt,
        total -> BigInt,
        position -> Integer,
        translations -> Jsonb,
        gift_card -> Bool,
        waiting -> Integer,
        waits_for -> Nullable<Text>,
        waits_until -> Nullable<Date>,
    }
}

diesel::table! {
    order_tax_standings (order_id) {
        order_id -> BigInt,
        vat_id -> Text,
        vat_check_id -> Nullable<BigInt>,
        reverse_charge -> Bool,
        exempt -> Text,
    }
}

diesel::table! {
    order_taxes (id) {
        id -> BigInt,
        order_id -> BigInt,
        order_line_id -> Nullable<BigInt>,
        name -> Text,
        country -> Text,
        rate_millionths -> Integer,
        included -> Bool,
        amount -> BigInt,
        class -> Text,
        region -> Text,
    }
}

diesel::table! {
    order_timeline (id) {
        id -> BigInt,
        order_id -> BigInt,
        kind -> Text,
        public -> Bool,
        detail -> Jsonb,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

diesel::table! {
    order_views (id) {
        id -> BigInt,
        staff_id -> BigInt,
        name -> Text,
        query -> Text,
        shared -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    orders (id) {
        id -> BigInt,
        number -> BigInt,
        token -> Text,
        cart_id -> BigInt,
        email -> Text,
        locale -> Text,
        currency -> Text,
        tax_included -> Bool,
        goods_total -> BigInt,
        discount_total -> BigInt,
        shipping_total -> BigInt,
        tax_total -> BigInt,
        total -> BigInt,
        status -> Text,
        payment_status -> Text,
        fulfilment_status -> Text,
        customer_name -> Text,
        shipping_address -> Jsonb,
        billing_address -> Jsonb,
        shipping_method -> Text,
        payment_method -> Text,
        note -> Text,
        placed_at -> Timestamptz,
        due_at -> Nullable<Timestamptz>,
        reminded_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        version -> Integer,
        expired_at -> Nullable<Timestamptz>,
        customer_id -> Nullable<BigInt>,
        translations -> Jsonb,
        shipping_discount -> BigInt,
    }
}

diesel::table! {
    parcel_labels (id) {
        id -> BigInt,
        order_id -> BigInt,
        rate -> Text,
        state -> Text,
        carrier -> Text,
        service -> Text,
        tracking_number -> Text,
        tracking_url -> Text,
        label_url -> Text,
        why -> Text,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

diesel::table! {
    passkey_ceremonies (token_hash) {
        token_hash -> Binary,
        kind -> Text,
        account_kind -> Text,
        account_id -> Nullable<BigInt>,
        state -> Jsonb,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        account_kind -> Text,
        account_id -> BigInt,
        handle -> Binary,
        credential_id -> Binary,
        credential -> Jsonb,
        counter -> BigInt,
        name -> Text,
        made_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    payment_captures (id) {
        id -> BigInt,
        payment_id -> BigInt,
        amount -> BigInt,
        idempotency_key -> Text,
        at -> Timestamptz,
        state -> Text,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    payment_differences (id) {
        id -> BigInt,
        gateway -> Text,
        reference -> Text,
        payment_id -> Nullable<BigInt>,
        kind -> Text,
        ours -> BigInt,
        theirs -> BigInt,
        currency -> Text,
        found_at -> Timestamptz,
        mended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    payment_events (id) {
        id -> BigInt,
        payment_id -> BigInt,
        kind -> Text,
        detail -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    payment_methods (method) {
        method -> Text,
        enabled -> Bool,
        capture -> Text,
        position -> Integer,
        secret -> Text,
    }
}

diesel::table! {
    payment_refunds (id) {
        id -> BigInt,
        payment_id -> BigInt,
        amount -> BigInt,
        state -> Text,
        idempotency_key -> Text,
        at -> Timestamptz,
        failure -> Nullable<Text>,
        reason -> Text,
        credit_account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    payment_sessions (payment_id) {
        payment_id -> BigInt,
        token -> Text,
        cart_id -> Nullable<BigInt>,
        order_id -> Nullable<BigInt>,
        snapshot -> Nullable<Jsonb>,
        fingerprint -> Text,
        email -> Text,
        locale -> Text,
        url -> Nullable<Text>,
        created_at -> Timestamptz,
        forgotten_at -> Nullable<Timestamptz>,
        forget_asked -> Bool,
    }
}

diesel::table! {
    payments (id) {
        id -> BigInt,
        order_id -> Nullable<BigInt>,
        gateway -> Text,
        reference -> Nullable<Text>,
        idempotency_key -> Text,
        currency -> Text,
        amount -> BigInt,
        state -> Text,
        created_at -> Timestamptz,
        capture -> Text,
        expires_at -> Nullable<Timestamptz>,
        attention -> Nullable<Text>,
        credit_account_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    price_history (id) {
        id -> BigInt,
        variant_id -> BigInt,
        amount -> BigInt,
        compare_at -> Nullable<BigInt>,
        valid_from -> Timestamptz,
        valid_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    price_list_groups (price_list_id, group_id) {
        price_list_id -> BigInt,
        group_id -> BigInt,
    }
}

diesel::table! {
    price_list_markets (price_list_id, market_id) {
        price_list_id -> BigInt,
        market_id -> BigInt,
    }
}

diesel::table! {
    price_list_prices (price_list_id, variant_id, from_quantity) {
        price_list_id -> BigInt,
        variant_id -> BigInt,
        from_quantity -> Integer,
        amount -> BigInt,
    }
}

diesel::table! {
    price_lists (id) {
        id -> BigInt,
        name -> Text,
        position -> Integer,
        currency -> Text,
        for_all -> Bool,
        active -> Bool,
        valid_from -> Nullable<Timestamptz>,
        valid_until -> Nullable<Timestamptz>,
        percent_off -> Integer,
        from_quantity -> Integer,
        rounding -> Text,
        in_force -> Bool,
        version -> Integer,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        all_markets -> Bool,
    }
}

diesel::table! {
    privacy_requests (id) {
        id -> BigInt,
        token_hash -> Binary,
        kind -> Text,
        order_id -> BigInt,
        locale -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    product_categories (product_id, category_id) {
        product_id -> BigInt,
        category_id -> BigInt,
        position -> Integer,
    }
}

diesel::table! {
    product_media (id) {
        id -> BigInt,
        product_id -> BigInt,
        media_id -> BigInt,
        alt -> Text,
        position -> Integer,
        translations -> Jsonb,
    }
}

diesel::table! {
    product_options (id) {
        id -> BigInt,
        product_id -> BigInt,
        name -> Text,
        position -> Integer,
        translations -> Jsonb,
    }
}

diesel::table! {
    products (id) {
        id -> BigInt,
        handle -> Text,
        title -> Text,
        description -> Text,
        description_format -> Text,
        description_html -> Text,
        status -> Text,
        vendor -> Text,
        product_type -> Text,
        tags -> Array<Text>,
        seo_title -> Text,
        seo_description -> Text,
        version -> Integer,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        publish_at -> Nullable<Timestamptz>,
        form_key -> Nullable<Text>,
        translations -> Jsonb,
        gift_card -> Bool,
    }
}

diesel::table! {
    promotion_code_lots (id) {
        id -> BigInt,
        promotion_id -> BigInt,
        begins -> Text,
        wanted -> Integer,
        made -> Integer,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    promotion_codes (id) {
        id -> BigInt,
        promotion_id -> BigInt,
        code -> Text,
        created_at -> Timestamptz,
        lot_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    promotion_lanes (id) {
        id -> BigInt,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    promotion_uses (id) {
        id -> BigInt,
        promotion_id -> BigInt,
        code_id -> Nullable<BigInt>,
        cart_id -> BigInt,
        payment_id -> Nullable<BigInt>,
        order_id -> Nullable<BigInt>,
        customer_id -> Nullable<BigInt>,
        email_hash -> Nullable<Binary>,
        amount -> BigInt,
        created_at -> Timestamptz,
        given_back_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    promotions (id) {
        id -> BigInt,
        name -> Text,
        lane_id -> BigInt,
        status -> Text,
        coded -> Bool,
        starts_at -> Nullable<Timestamptz>,
        ends_at -> Nullable<Timestamptz>,
        match_all -> Bool,
        conditions -> Jsonb,
        benefits -> Jsonb,
        most_uses -> Nullable<Integer>,
        most_uses_per_code -> Nullable<Integer>,
        most_uses_per_customer -> Nullable<Integer>,
        version -> Integer,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        translations -> Jsonb,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> BigInt,
        account_kind -> Text,
        account_id -> BigInt,
        code_hash -> Binary,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    redirects (id) {
        id -> BigInt,
        from_path -> Text,
        to_address -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    retention_times (kind) {
        kind -> Text,
        time -> Integer,
    }
}

diesel::table! {
    roles (key) {
        key -> Text,
        name -> Text,
        rights -> Array<Text>,
        demands_factor -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    saved_replies (id) {
        id -> BigInt,
        title -> Text,
        body -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    sealed_secrets (purpose, subject) {
        purpose -> Text,
        subject -> Text,
        key_id -> Integer,
        nonce -> Binary,
        ciphertext -> Binary,
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    sealing_keys (id) {
        id -> Integer,
        proof -> Binary,
        made_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    settings (id) {
        id -> SmallInt,
        shop_name -> Text,
        legal_name -> Text,
        street -> Text,
        postal_code -> Text,
        city -> Text,
        country -> Text,
        phone -> Text,
        currency -> Text,
        time_zone -> Text,
        locale -> Text,
        countries -> Array<Text>,
        sender_email -> Text,
        notice_email -> Text,
        prices_include_tax -> Bool,
        unpaid_days -> Integer,
        reservation_minutes -> Integer,
        bank_details -> Text,
        logo_media_id -> Nullable<BigInt>,
        demo -> Bool,
        opened_at -> Nullable<Timestamptz>,
        version -> Integer,
        updated_at -> Timestamptz,
        refund_proof_above -> Nullable<BigInt>,
        translations -> Jsonb,
        low_stock -> Integer,
        stock_routing -> Text,
        lowest_price -> Nullable<Bool>,
    }
}

diesel::table! {
    shipping_holidays (day) {
        day -> Date,
        name -> Text,
    }
}

diesel::table! {
    shipping_hours (id) {
        id -> Bool,
        work_days -> Array<SmallInt>,
        carrier_days -> Array<SmallInt>,
        cut_off -> Nullable<SmallInt>,
        handling_days -> Integer,
    }
}

diesel::table! {
    shipping_methods (id) {
        id -> BigInt,
        zone_id -> BigInt,
        name -> Text,
        price -> BigInt,
        free_from -> Nullable<BigInt>,
        days_min -> Integer,
        days_max -> Integer,
        position -> Integer,
        active -> Bool,
        translations -> Jsonb,
        kind -> Text,
        up_to -> Nullable<BigInt>,
        profile_id -> Nullable<BigInt>,
        location_id -> Nullable<BigInt>,
        note -> Text,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    shipping_profile_products (product_id) {
        product_id -> BigInt,
        profile_id -> BigInt,
    }
}

diesel::table! {
    shipping_profiles (id) {
        id -> BigInt,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    shipping_rates (method_id, at_least) {
        method_id -> BigInt,
        at_least -> BigInt,
        price -> BigInt,
        extra -> BigInt,
        every -> BigInt,
    }
}

diesel::table! {
    shipping_zone_countries (country) {
        country -> Text,
        zone_id -> BigInt,
    }
}

diesel::table! {
    shipping_zone_parts (id) {
        id -> BigInt,
        zone_id -> BigInt,
        country -> Text,
        region -> Text,
        first_code -> Text,
        last_code -> Text,
    }
}

diesel::table! {
    shipping_zones (id) {
        id -> BigInt,
        name -> Text,
        position -> Integer,
        rest -> Bool,
    }
}

diesel::table! {
    sign_in_claims (token_hash) {
        token_hash -> Binary,
        customer_id -> BigInt,
        site_id -> BigInt,
        issuer -> Text,
        subject -> Text,
        email -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_errands (state_hash) {
        state_hash -> Binary,
        browser_hash -> Binary,
        site_id -> BigInt,
        customer_id -> Nullable<BigInt>,
        nonce -> Text,
        verifier -> Text,
        stay -> Bool,
        next -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_failures (id) {
        id -> BigInt,
        account -> Text,
        address -> Text,
        at -> Timestamptz,
        network -> Text,
    }
}

diesel::table! {
    sign_in_sites (id) {
        id -> BigInt,
        kind -> Text,
        label -> Text,
        issuer -> Text,
        client_id -> Text,
        position -> Integer,
        is_on -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    staff (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        role -> Text,
        disabled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        time_zone -> Nullable<Text>,
        locale -> Nullable<Text>,
        guide_hidden -> Bool,
        low_stock_mail -> Bool,
    }
}

diesel::table! {
    staff_invitations (id) {
        id -> BigInt,
        email -> Text,
        role -> Text,
        token_hash -> Binary,
        invited_by -> Nullable<BigInt>,
        sent_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    staff_sessions (id) {
        id -> BigInt,
        token_hash -> Binary,
        staff_id -> BigInt,
        address -> Text,
        device -> Text,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        proven_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    staff_sign_ins (token_hash) {
        token_hash -> Binary,
        staff_id -> BigInt,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    standing_prices (variant_id) {
        variant_id -> BigInt,
        price_list_id -> BigInt,
        amount -> BigInt,
    }
}

diesel::table! {
    stock (id) {
        id -> BigInt,
        variant_id -> BigInt,
        location_id -> BigInt,
        tracked -> Bool,
        on_hand -> Integer,
        allocated -> Integer,
        back_order_limit -> Integer,
        ships_on -> Nullable<Date>,
        pre_order_limit -> Nullable<Integer>,
        release_on -> Nullable<Date>,
        low_at -> Nullable<Integer>,
        low_told_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    stock_allocations (id) {
        id -> BigInt,
        order_line_id -> BigInt,
        stock_id -> BigInt,
        quantity -> Integer,
        per_line -> Integer,
    }
}

diesel::table! {
    stock_movements (id) {
        id -> BigInt,
        stock_id -> BigInt,
        kind -> Text,
        on_hand -> Integer,
        allocated -> Integer,
        reason -> Text,
        order_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
        note -> Text,
        form -> Nullable<Text>,
        transfer_id -> Nullable<BigInt>,
        stocktake_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    stock_reservations (id) {
        id -> BigInt,
        cart_id -> BigInt,
        stock_id -> BigInt,
        quantity -> Integer,
        expires_at -> Timestamptz,
        late -> Integer,
    }
}

diesel::table! {
    stock_wishes (id) {
        id -> BigInt,
        variant_id -> BigInt,
        email -> Text,
        locale -> Text,
        token -> Text,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        told_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    stocktake_lines (id) {
        id -> BigInt,
        stocktake_id -> BigInt,
        variant_id -> BigInt,
        counted -> Nullable<Integer>,
        on_hand -> Nullable<Integer>,
        reason -> Text,
        counted_at -> Nullable<Timestamptz>,
        staff_id -> Nullable<BigInt>,
        booked -> Nullable<Integer>,
    }
}

diesel::table! {
    stocktakes (id) {
        id -> BigInt,
        location_id -> BigInt,
        category_id -> Nullable<BigInt>,
        note -> Text,
        status -> Text,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tax_classes (id) {
        id -> BigInt,
        code -> Nullable<Text>,
        name -> Text,
        is_default -> Bool,
        position -> Integer,
    }
}

diesel::table! {
    tax_exemptions (id) {
        id -> BigInt,
        customer_id -> Nullable<BigInt>,
        group_id -> Nullable<BigInt>,
        reason -> Text,
        staff_id -> Nullable<BigInt>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    tax_rates (id) {
        id -> BigInt,
        name -> Text,
        rate_millionths -> Integer,
        source -> Text,
        valid_from -> Nullable<Date>,
        zone_id -> BigInt,
        class_id -> BigInt,
        valid_to -> Nullable<Date>,
        source_url -> Text,
        source_date -> Nullable<Date>,
        from_set -> Bool,
    }
}

diesel::table! {
    tax_rules (id) {
        id -> SmallInt,
        shipping_class_id -> Nullable<BigInt>,
        cross_border -> Text,
        sells_to_businesses -> Bool,
        vat_id -> Text,
        register -> Text,
        unproved -> Text,
    }
}

diesel::table! {
    tax_zones (id) {
        id -> BigInt,
        country -> Text,
        region -> Text,
        postcodes -> Text,
        name -> Text,
    }
}

diesel::table! {
    test_card_answers (idempotency_key) {
        idempotency_key -> Text,
        charge_id -> BigInt,
        kind -> Text,
        amount -> BigInt,
        at -> Timestamptz,
    }
}

diesel::table! {
    test_card_charges (id) {
        id -> BigInt,
        reference -> Text,
        idempotency_key -> Text,
        amount -> BigInt,
        currency -> Text,
        capture -> Text,
        return_url -> Text,
        state -> Text,
        behaviour -> Nullable<Text>,
        authorised -> BigInt,
        captured -> BigInt,
        refunded -> BigInt,
        lost -> Bool,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    third_parties (id) {
        id -> BigInt,
        name -> Text,
        purpose -> Text,
        script -> Text,
        origins -> Array<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    totp_factors (account_kind, account_id) {
        account_kind -> Text,
        account_id -> BigInt,
        last_step -> BigInt,
        begun_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    transfer_lines (id) {
        id -> BigInt,
        transfer_id -> BigInt,
        variant_id -> BigInt,
        quantity -> Integer,
        received -> Integer,
        lost -> Integer,
        returned -> Integer,
    }
}

diesel::table! {
    transfer_receipts (id) {
        id -> BigInt,
        transfer_id -> BigInt,
        form -> Text,
        received -> Integer,
        lost -> Integer,
        reason -> Text,
        staff_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

diesel::table! {
    transfers (id) {
        id -> BigInt,
        from_location_id -> Nullable<BigInt>,
        to_location_id -> BigInt,
        supplier -> Text,
        status -> Text,
        expected_on -> Nullable<Date>,
        note -> Text,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    variant_options (variant_id, option_id) {
        variant_id -> BigInt,
        option_id -> BigInt,
        value_id -> BigInt,
    }
}

diesel::table! {
    variants (id) {
        id -> BigInt,
        product_id -> BigInt,
        title -> Text,
        sku -> Nullable<Text>,
        barcode -> Text,
        price -> BigInt,
        compare_at -> Nullable<BigInt>,
        weight_grams -> Integer,
        requires_shipping -> Bool,
        taxable -> Bool,
        media_id -> Nullable<BigInt>,
        position -> Integer,
        archived_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        tax_class_id -> Nullable<BigInt>,
        content -> Nullable<Text>,
    }
}

diesel::table! {
    vat_checks (id) {
        id -> BigInt,
        vat_id -> Text,
        answer -> Text,
        register -> Text,
        consultation -> Text,
        name -> Text,
        address -> Text,
        detail -> Text,
        cart_id -> Nullable<BigInt>,
        at -> Timestamptz,
    }
}

/// Any table may stand beside any other in a query. Diesel's own `allow_tables_to_appear_in_same_query!` writes four times as much for
/// `ONLY` and `TABLESAMPLE`, which nobody here uses, and the compiler then compares each with each: a third of its time.
macro_rules! beside {
    ($left:ident, $($right:ident,)+) => {
        $(
            impl diesel::query_source::TableNotEqual<$left::table> for $right::table {}
            impl diesel::query_source::TableNotEqual<$right::table> for $left::table {}
        )+
        beside!($($right,)+);
    };
    ($last:ident,) => {};
}

beside!(
    announcement,
    audit,
    book_checks,
    bundle_parts,
    cart_codes,
    cart_declined_gifts,
    cart_lines,
    carts,
    categories,
    change_feed,
    checkout_credits,
    checkouts,
    checkouts_begun,
    consents,
    conversations,
    counters,
    credit_accounts,
    credit_holds,
    credit_movements,
    customer_addresses,
    customer_group_members,
    customer_groups,
    customer_identities,
    customer_notes,
    customer_sessions,
    customer_steps,
    customer_tags,
    customer_tokens,
    customers,
    data_downloads,
    draft_orders,
    events,
    exchange_rates,
    first_run_links,
    forgotten_orders,
    fulfilment_lines,
    fulfilments,
    gift_card_terms,
    gift_cards,
    handle_redirects,
    label_account,
    legal_pages,
    locations,
    lost_pictures,
    mails,
    market_countries,
    markets,
    media,
    menu_links,
    message_files,
    messages,
    option_values,
    order_batches,
    order_deliveries,
    order_discounts,
    order_line_parts,
    order_lines,
    order_tax_standings,
    order_taxes,
    order_timeline,
    order_views,
    orders,
    parcel_labels,
    passkey_ceremonies,
    passkeys,
    payment_captures,
    payment_differences,
    payment_events,
    payment_methods,
    payment_refunds,
    payment_sessions,
    payments,
    price_history,
    price_list_groups,
    price_list_markets,
    price_list_prices,
    price_lists,
    privacy_requests,
    product_categories,
    product_media,
    product_options,
    products,
    promotion_code_lots,
    promotion_codes,
    promotion_lanes,
    promotion_uses,
    promotions,
    recovery_codes,
    redirects,
    retention_times,
    roles,
    saved_replies,
    sealed_secrets,
    sealing_keys,
    settings,
    shipping_holidays,
    shipping_hours,
    shipping_methods,
    shipping_profile_products,
    shipping_profiles,
    shipping_rates,
    shipping_zone_countries,
    shipping_zone_parts,
    shipping_zones,
    sign_in_claims,
    sign_in_errands,
    sign_in_failures,
    sign_in_sites,
    staff,
    staff_invitations,
    staff_sessions,
    staff_sign_ins,
    standing_prices,
    stock,
    stock_allocations,
    stock_movements,
    stock_reservations,
    stock_wishes,
    stocktake_lines,
    stocktakes,
    tax_classes,
    tax_exemptions,
    tax_rates,
    tax_rules,
    tax_zones,
    test_card_answers,
    test_card_charges,
    third_parties,
    totp_factors,
    transfer_lines,
    transfer_receipts,
    transfers,
    variant_options,
    variants,
    vat_checks,
);
