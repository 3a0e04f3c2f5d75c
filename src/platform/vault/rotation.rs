//! Rotation: everything is sealed anew under a new key, then the old one is retired.

use anyhow::{Context, anyhow};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::books::{Vault, proof_of};
use super::keys::{Key, Keyring, Source, fresh_line};
use super::seal::{Sealed, open, seal};
use crate::platform::base::{Broke, Failed, Message, Moment, Refusal};
use crate::platform::db::{self, Conn};
use crate::platform::schema::{sealed_secrets as secrets, sealing_keys as keys};

/// What a rotation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    pub secrets: usize,
    /// The key that was in use, if there was one.
    pub retired: Option<i32>,
    pub current: i32,
}

/// Why nothing was rotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotateRefused {
    /// `BARROW_KEYS` names no key that is newer than the one in use: the line to add.
    NoNewerKey { add: String },
    /// Somebody else rotates at this moment.
    Busy,
}

impl Refusal for RotateRefused {
    fn message(&self) -> Message {
        match self {
            RotateRefused::NoNewerKey { add } => Message::new("vault-no-newer-key").text("key", add),
            RotateRefused::Busy => Message::new("vault-busy"),
        }
    }
}

impl Vault {
    /// Seals everything anew under a new key and retires the old one. Stopped at any point, it can be run again:
    /// the new key is kept before anything is sealed under it, and the old one goes after nothing is any more.
    pub async fn rotate(&self, conn: &mut Conn, now: Moment) -> Result<Rotated, Failed<RotateRefused>> {
        let Some(_held) = self.source.hold()? else { return Err(RotateRefused::Busy.into()) };
        let highest: Option<i32> = keys::table.select(diesel::dsl::max(keys::id)).first(conn).await?;
        let (next, ring) = self.with_newer_key(highest.unwrap_or(0))?;
        let key = ring.0.get(&next).cloned().context("the new key is gone")?;
        let proof = proof_of(&key, next)?;
        let (retired, sealed) =
            db::transaction(conn, async |tx: &mut Conn| self.seal_anew(tx, next, &key, &proof, now).await).await?;
        let kept = Keyring(ring.0.into_iter().filter(|(id, _)| *id >= next).collect());
        self.source.write(&kept)?;
        Ok(Rotated { secrets: sealed, retired, current: next })
    }

    /// A key that the database does not know yet: one left over from a rotation that was cut short, or a fresh one.
    fn with_newer_key(&self, known: i32) -> Result<(i32, Keyring), Failed<RotateRefused>> {
        let mut ring = self.source.read()?;
        let next = match (ring.newest().map(|(id, _)| id), &self.source) {
            (Some(id), _) if id > known => id,
            (_, Source::Environment(_)) => {
                return Err(RotateRefused::NoNewerKey { add: fresh_line(known.max(1) + 1) }.into());
            }
            (_, Source::File(_)) => {
                ring.0.insert(known + 1, Key::random());
                self.source.write(&ring)?;
                known + 1
            }
        };
        Ok((next, ring))
    }

    async fn seal_anew(
        &self,
        tx: &mut Conn,
        next: i32,
        key: &Key,
        proof: &[u8],
        now: Moment,
    ) -> Result<(Option<i32>, usize), Failed<RotateRefused>> {
        // Waits for whoever is sealing; who comes later finds the new key.
        let current = keys::table.filter(keys::retired_at.is_null()).select(keys::id);
        let retired: Option<i32> = current.for_update().first(tx).await.optional()?;
        let newer: i64 = keys::table.filter(keys::id.ge(next)).count().get_result(tx).await?;
        if newer > 0 {
            return Err(RotateRefused::Busy.into());
        }
        diesel::update(keys::table.filter(keys::retired_at.is_null())).set(keys::retired_at.eq(now)).execute(tx).await?;
        diesel::insert_into(keys::table).values((keys::id.eq(next), keys::proof.eq(proof))).execute(tx).await?;
        let rows: Vec<(String, String, i32, Vec<u8>, Vec<u8>)> = secrets::table
            .select((secrets::purpose, secrets::subject, secrets::key_id, secrets::nonce, secrets::ciphertext))
            .for_update()
            .load(tx)
            .await?;
        let count = rows.len();
        for (purpose, subject, id, nonce, ciphertext) in rows {
            let nonce = nonce.try_into().map_err(|_| anyhow!("a nonce of another length"))?;
            let opened = open(&self.key(id)?, id, &purpose, &subject, &Sealed { nonce, ciphertext });
            let opened = opened.ok_or_else(|| Broke(anyhow!("the secret {purpose} of {subject} does not open")))?;
            let sealed = seal(key, next, &purpose, &subject, &opened)?;
            diesel::update(secrets::table.find((&purpose, &subject)))
                .set((
                    secrets::key_id.eq(next),
                    secrets::nonce.eq(sealed.nonce.to_vec()),
                    secrets::ciphertext.eq(sealed.ciphertext),
                    secrets::sealed_at.eq(now),
                ))
                .execute(tx)
                .await?;
        }
        Ok((retired, count))
    }
}
