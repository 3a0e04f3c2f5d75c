//! Search in PostgreSQL's full text: whole words in every language of the shop, beginnings of words, SKUs; where nothing is found,
//! titles that look alike.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;

use super::lists::cards_by_ids;
use crate::features::catalog::model::{Card, PAGE_SIZE};
use crate::platform::base::{Broke, ProductId};
use crate::platform::db::Conn;

/// A page of what was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    pub cards: Vec<Card>,
    pub total: i64,
    /// Nothing has these words: these titles look alike.
    pub alike: bool,
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: ProductId,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

const BY_WORDS: &str = "
    with asked as (
        select websearch_to_tsquery('simple', $1) || websearch_to_tsquery('english', $1) || websearch_to_tsquery('german', $1)
               || to_tsquery('simple', $2) as words
    ), found as (
        select p.id from products p, asked where p.status = 'active' and p.search @@ asked.words
        union
        select v.product_id from variants v join products p on p.id = v.product_id
         where p.status = 'active' and v.archived_at is null and v.sku = any($3)
    )
    select p.id, count(*) over () as total
      from found join products p using (id), asked
     order by ts_rank_cd('{0.05, 0.2, 0.6, 1}', p.search, asked.words) desc, p.published_at desc nulls last, p.id desc
     limit $4 offset $5";

const BY_LIKENESS: &str = "
    select p.id, count(*) over () as total
      from products p, lateral (
            select max(word_similarity($1, lower(said.title))) as likeness
              from (select p.title union all select value from jsonb_each_text(p.translations->'title')) said (title)) l
     where p.status = 'active' and l.likeness >= 0.38
     order by l.likeness desc, p.id desc
     limit $2 offset $3";

/// Products for these words; `page` from 1.
pub async fn search(conn: &mut Conn, words: &str, page: i64) -> Result<Hits, Broke> {
    let (limit, offset) = (PAGE_SIZE, (page - 1) * PAGE_SIZE);
    let hits: Vec<Hit> = diesel::sql_query(BY_WORDS)
        .bind::<Text, _>(words)
        .bind::<Text, _>(beginnings(words))
        .bind::<Array<Text>, _>(vec![words.to_owned(), words.to_uppercase()])
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .load(conn)
        .await?;
    if !hits.is_empty() || page > 1 {
        return with_cards(conn, hits, false).await;
    }
    let hits: Vec<Hit> = diesel::sql_query(BY_LIKENESS)
        .bind::<Text, _>(words.to_lowercase())
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .load(conn)
        .await?;
    with_cards(conn, hits, true).await
}

async fn with_cards(conn: &mut Conn, hits: Vec<Hit>, alike: bool) -> Result<Hits, Broke> {
    let total = hits.as_slice().first().map_or(0, |hit| hit.total);
    let ids: Vec<ProductId> = hits.iter().map(|hit| hit.id).collect();
    Ok(Hits { cards: cards_by_ids(conn, &ids).await?, total, alike: alike && total > 0 })
}

/// "blue kett" as a query for words that begin so: "'blue':* & 'kett':*"; empty when there is no word.
fn beginnings(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(8);
    parts.map(|part| format!("'{part}':*")).collect::<Vec<_>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_beginnings() {
        assert_eq!(beginnings("blue  kett'); drop"), "'blue':* & 'kett':* & 'drop':*");
        assert_eq!(beginnings("':*&|!"), "");
    }
}
