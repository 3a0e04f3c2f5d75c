create or replace function variant_titles(variant bigint) returns jsonb language sql stable as $$
    select coalesce(jsonb_object_agg(said.locale, said.title), '{}')
      from (select l.locale, string_agg(coalesce(ov.translations->'value'->>l.locale, ov.value), ' / ' order by po.position, po.id) as title
              from variant_options vo
              join option_values ov on ov.id = vo.value_id
              join product_options po on po.id = vo.option_id
              cross join (values ('de'), ('en')) l (locale)
             where vo.variant_id = variant
             group by l.locale
            having bool_or(ov.translations->'value' ? l.locale)) said
$$;
