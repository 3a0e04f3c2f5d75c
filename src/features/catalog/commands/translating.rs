//! The texts of a product in other languages; part of the room's commands.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use super::touch;
use crate::features::catalog::model::{Editable, GoodsWords};
use crate::features::catalog::queries;
use crate::platform::base::{Broke, CategoryId, Moment, ProductId};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::{Locale, Said, Translations};
use crate::platform::schema::{categories, option_values, product_media, product_options, products};
use crate::platform::web::CleanHtml;

/// Makes a product's texts in other languages what `words` makes of the product as it stands. Says whether anything was written.
pub async fn translate(
    tx: &mut Conn,
    product: ProductId,
    words: impl FnOnce(&Editable) -> GoodsWords,
    now: Moment,
) -> Result<bool, Broke> {
    let kept = queries::editable(tx, product).await?.ok_or(diesel::result::Error::NotFound)?;
    let wanted = words(&kept);
    if kept.words == wanted {
        return Ok(false);
    }
    write(tx, &kept, &wanted).await?;
    touch(tx, product, now).await?;
    Ok(true)
}

/// Makes a category's texts in other languages these. Says whether anything was written.
pub async fn translate_category(tx: &mut Conn, category: CategoryId, words: &Translations) -> QueryResult<bool> {
    let other = categories::table.find(category).filter(categories::translations.ne(words));
    let written = diesel::update(other).set(categories::translations.eq(words)).execute(tx).await? > 0;
    if written {
        feed::tell(tx, Subject::Category, Some(category.0)).await?;
    }
    Ok(written)
}

/// Writes what differs from the product as it was read.
pub(super) async fn write(tx: &mut Conn, kept: &Editable, wanted: &GoodsWords) -> QueryResult<()> {
    if kept.words.texts != wanted.texts {
        let clean = |texts: Translations, locale: &Locale| {
            let html = CleanHtml::of(texts.own("description", *locale), kept.markup).to_string();
            texts.with("description_html", *locale, html)
        };
        let texts = Locale::ALL.iter().fold(wanted.texts.clone(), clean);
        diesel::update(products::table.find(kept.id)).set(products::translations.eq(texts)).execute(tx).await?;
    }
    let one = |field: &str, said: Option<&Said>| Translations::of([(field, said.cloned().unwrap_or_default())]);
    for option in kept.options.iter().filter(|option| kept.words.options.get(&option.id) != wanted.options.get(&option.id)) {
        let words = product_options::translations.eq(one("name", wanted.options.get(&option.id)));
        diesel::update(product_options::table.find(option.id)).set(words).execute(tx).await?;
    }
    let values = kept.options.iter().flat_map(|option| &option.values);
    for (id, _) in values.filter(|(id, _)| kept.words.values.get(id) != wanted.values.get(id)) {
        let words = option_values::translations.eq(one("value", wanted.values.get(id)));
        diesel::update(option_values::table.find(id)).set(words).execute(tx).await?;
    }
    for image in kept.images.iter().filter(|image| kept.words.alts.get(&image.media) != wanted.alts.get(&image.media)) {
        let row = product_media::table.filter(product_media::product_id.eq(kept.id).and(product_media::media_id.eq(image.media)));
        let words = product_media::translations.eq(one("alt", wanted.alts.get(&image.media)));
        diesel::update(row).set(words).execute(tx).await?;
    }
    Ok(())
}

/// Gives a product that was made like another one its texts in other languages; only the title is its own.
pub(super) async fn copy(tx: &mut Conn, from: ProductId, to: ProductId) -> QueryResult<()> {
    let copies = [
        "update products p set translations = l.translations - 'title' from products l where l.id = $1 and p.id = $2",
        "update product_options o set translations = l.translations from product_options l
          where l.product_id = $1 and o.product_id = $2 and o.name = l.name",
        "update option_values v set translations = lv.translations
           from product_options o, product_options l, option_values lv
          where o.id = v.option_id and o.product_id = $2 and l.product_id = $1 and l.name = o.name
            and lv.option_id = l.id and lv.value = v.value",
        "update product_media m set translations = l.translations from product_media l
          where l.product_id = $1 and m.product_id = $2 and m.media_id = l.media_id",
    ];
    for sql in copies {
        db::sql(sql).bind::<BigInt, _>(from).bind::<BigInt, _>(to).execute(tx).await?;
    }
    Ok(())
}
