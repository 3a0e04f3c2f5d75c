//! The demo's goods in German: put beside the English ones once these are saved.

use rust_embed::RustEmbed;

use super::PictureIds;
use super::shelf::german::{GOODS, ROOMS, word};
use super::shelf::{Good, Room};
use crate::features::catalog;
use crate::features::catalog::model::{Editable, GoodsWords, SaveRefused};
use crate::platform::base::{CategoryId, Failed, Moment, ProductId};
use crate::platform::db::Conn;
use crate::platform::i18n::{Locale, Said, Translations};

/// One file of Markdown for each product, as the English ones.
#[derive(RustEmbed)]
#[folder = "assets/demo/de/words"]
struct Texts;

/// A text in German.
pub fn german(text: &str) -> Said {
    Said::of([(Locale::De, text.to_owned())])
}

/// Says a category in German; whether that was new.
pub async fn translate_room(tx: &mut Conn, id: CategoryId, room: &Room) -> Result<bool, Failed<SaveRefused>> {
    let named = ROOMS.iter().find(|named| named.0 == room.handle);
    let (_, title, text) = named.ok_or_else(|| anyhow::anyhow!("the demo's {} has no German", room.handle))?;
    let words = Translations::of([("title", german(title)), ("description", german(text))]);
    Ok(catalog::commands::translate_category(tx, id, &words).await?)
}

/// Says a product in German, with its options, values and pictures; whether that was new.
pub async fn translate(
    tx: &mut Conn,
    product: ProductId,
    good: &Good,
    pictures: &PictureIds,
    now: Moment,
) -> Result<bool, Failed<SaveRefused>> {
    let text = Text::of(good)?;
    Ok(catalog::commands::translate(tx, product, |kept| text.words(kept, good, pictures), now).await?)
}

/// What a product says in German.
struct Text {
    title: &'static str,
    kind: &'static str,
    alts: &'static [&'static str],
    says: String,
    about: String,
}

impl Text {
    fn of(good: &Good) -> anyhow::Result<Text> {
        let named = GOODS.iter().find(|named| named.0 == good.handle);
        let file = Texts::get(&format!("{}.md", good.handle));
        let (Some((_, title, kind, alts)), Some(file)) = (named, file) else {
            anyhow::bail!("the demo's {} has no German", good.handle);
        };
        let (says, about) = std::str::from_utf8(&file.data)?.split_once("\n\n").unwrap_or_default();
        Ok(Text { title, kind, alts, says: says.trim().to_owned(), about: about.trim().to_owned() })
    }

    fn words(&self, kept: &Editable, good: &Good, pictures: &PictureIds) -> GoodsWords {
        let mut words = GoodsWords::default();
        let texts =
            [("title", self.title), ("description", &self.about), ("product_type", self.kind), ("seo_description", &self.says)];
        texts.into_iter().for_each(|(field, text)| words.set_text(field, Locale::De, text));
        let all = good.options.iter().chain(good.pieces.iter().flat_map(|piece| piece.values));
        let said = |text: &str| all.clone().find(|known| **known == text).and_then(|known| word(known)).unwrap_or_default();
        for option in &kept.options {
            words.set_option(option.id, Locale::De, said(&option.name));
            option.values.iter().for_each(|(id, value)| words.set_value(*id, Locale::De, said(value)));
        }
        for ((name, _), alt) in good.pictures.iter().zip(self.alts) {
            if let Some(media) = pictures.get(*name) {
                words.set_alt(*media, Locale::De, alt);
            }
        }
        words
    }
}
