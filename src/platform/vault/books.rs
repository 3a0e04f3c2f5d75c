//! What is sealed: keeping, reading, forgetting, and looking whether everything opens.

use std::path::Path;
use std::sync::{Arc, RwLock};

use anyhow::{Context, anyhow};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::keys::{Key, Keyring, Source};
use super::seal::{Sealed, Secret, open, seal};
use crate::platform::base::{Broke, text_enum};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::schema::{sealed_secrets as secrets, sealing_keys as keys};

text_enum! {
    /// What a secret is for; part of what it is bound to.
    Purpose {
        TotpSeed = "totp_seed", GatewayKey = "gateway_key", OauthKey = "oauth_key", GiftCard = "gift_card",
        CarrierToken = "carrier_token",
    }
}

/// The one place that a secret is sealed for: its purpose and whose it is ("staff/12", "stripe").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    purpose: Purpose,
    subject: String,
}

impl Place {
    pub fn new(purpose: Purpose, subject: impl std::fmt::Display) -> Place {
        Place { purpose, subject: subject.to_string() }
    }
}

/// The number of the key that proofs are sealed for as a subject, so that a proof cannot pass for a secret.
const PROOF: &str = "proof of a key";
/// How many rotations in a row a writer may run into before it gives up.
const ROTATIONS_MET: usize = 8;

/// The keys of this shop and what is sealed under them; cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    pub(super) source: Source,
    ring: Arc<RwLock<Keyring>>,
}

/// What [`Vault::examine`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    pub opened: usize,
    /// Secrets that no key opens.
    pub shut: usize,
    /// Whether the key in use is the one that the database knows under its number.
    pub same_key: bool,
    /// Who else may read the key file, as its mode.
    pub open_to_others: u32,
}

impl Vault {
    /// Reads the keys, making the first one where there is none.
    ///
    /// # Errors
    /// Keys that cannot be read or written, in words.
    pub fn open(config: &Config, folder: &Path) -> anyhow::Result<Vault> {
        let source = match &config.keys {
            Some(keys) => Source::Environment(keys.reveal().parse().context("BARROW_KEYS cannot be read")?),
            None => Source::File(folder.join("keys")),
        };
        let ring = source.read()?;
        Ok(Vault { source, ring: Arc::new(RwLock::new(ring)) })
    }

    /// Seals a secret for its place, instead of what was there. Only within a transaction: it holds the key in use
    /// until the end, and without one a rotation could retire the key between finding it and sealing under it.
    pub async fn keep(&self, tx: &mut Conn, place: &Place, secret: &Secret) -> Result<(), Broke> {
        if !db::in_transaction(tx) {
            return Err(anyhow!("a secret is sealed within a transaction").into());
        }
        let (key_id, key) = self.current(tx).await?;
        let sealed = seal(&key, key_id, place.purpose.as_str(), &place.subject, secret)?;
        let what = (
            secrets::key_id.eq(key_id),
            secrets::nonce.eq(sealed.nonce.to_vec()),
            secrets::ciphertext.eq(sealed.ciphertext),
            secrets::sealed_at.eq(diesel::dsl::now),
        );
        diesel::insert_into(secrets::table)
            .values((secrets::purpose.eq(place.purpose), secrets::subject.eq(&place.subject), what.clone()))
            .on_conflict((secrets::purpose, secrets::subject))
            .do_update()
            .set(what)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// The secret of a place, if one is kept there; one that does not open is breakage.
    pub async fn read(&self, conn: &mut Conn, place: &Place) -> Result<Option<Secret>, Broke> {
        let row: Option<(i32, Vec<u8>, Vec<u8>)> = secrets::table
            .find((place.purpose, &place.subject))
            .select((secrets::key_id, secrets::nonce, secrets::ciphertext))
            .first(conn)
            .await
            .optional()?;
        let Some((key_id, nonce, ciphertext)) = row else { return Ok(None) };
        let opened = self.opened(key_id, place.purpose.as_str(), &place.subject, nonce, ciphertext)?;
        opened.map(Some).ok_or_else(|| anyhow!("the secret {} of {} does not open", place.purpose, place.subject).into())
    }

    /// Deletes the secret of a place; none there is fine.
    pub async fn forget(&self, tx: &mut Conn, place: &Place) -> QueryResult<()> {
        diesel::delete(secrets::table.find((place.purpose, &place.subject))).execute(tx).await?;
        Ok(())
    }

    /// Opens everything that is kept.
    pub async fn examine(&self, conn: &mut Conn) -> Result<Examined, Broke> {
        let mut examined = Examined { open_to_others: self.source.open_to_others(), same_key: true, ..Examined::default() };
        let rows: Vec<(String, String, i32, Vec<u8>, Vec<u8>)> = secrets::table
            .select((secrets::purpose, secrets::subject, secrets::key_id, secrets::nonce, secrets::ciphertext))
            .load(conn)
            .await?;
        for (purpose, subject, key_id, nonce, ciphertext) in rows {
            match self.opened(key_id, &purpose, &subject, nonce, ciphertext) {
                Ok(Some(_)) => examined.opened += 1,
                _ => examined.shut += 1,
            }
        }
        let current = keys::table.filter(keys::retired_at.is_null()).select((keys::id, keys::proof));
        if let Some((id, proof)) = current.first::<(i32, Vec<u8>)>(conn).await.optional()? {
            examined.same_key = self.key(id).is_ok_and(|key| proves(&key, id, &proof));
        }
        Ok(examined)
    }

    /// Where the keys lie, for people.
    pub fn whereabouts(&self) -> String {
        self.source.to_string()
    }

    /// The key to seal under, held until the transaction ends, so that none is sealed under a key that is being retired.
    async fn current(&self, tx: &mut Conn) -> Result<(i32, Key), Broke> {
        let mut found = current_row(tx).await?;
        // A statement that waited for a key being retired does not see its successor; the next one does.
        for _ in 0..ROTATIONS_MET {
            if found.is_some() {
                break;
            }
            self.introduce(tx).await?;
            found = current_row(tx).await?;
        }
        let (id, proof) = found.context("the database knows no key to seal under")?;
        let key = self.key(id)?;
        if !proves(&key, id, &proof) {
            return Err(anyhow!("key {id} in {} is not the one that this database was sealed under", self.source).into());
        }
        Ok((id, key))
    }

    /// Tells the database of the newest key, unless it knows one in use.
    async fn introduce(&self, tx: &mut Conn) -> Result<(), Broke> {
        let (id, key) = {
            let ring = self.ring.read().map_err(|_| anyhow!("the keyring was left in disorder"))?;
            ring.newest().map(|(id, key)| (id, key.clone())).context("there is no key")?
        };
        let row = (keys::id.eq(id), keys::proof.eq(proof_of(&key, id)?));
        diesel::insert_into(keys::table).values(row).on_conflict_do_nothing().execute(tx).await?;
        Ok(())
    }

    /// A key by its number; the file is read again where another process may have added it.
    pub(super) fn key(&self, id: i32) -> anyhow::Result<Key> {
        let known = |ring: &Keyring| ring.0.get(&id).cloned();
        let broken = |_| anyhow!("the keyring was left in disorder");
        if let Some(key) = known(&*self.ring.read().map_err(|error| broken(error.to_string()))?) {
            return Ok(key);
        }
        let fresh = self.source.read()?;
        let key = known(&fresh).with_context(|| format!("key {id} is not in {}", self.source));
        *self.ring.write().map_err(|error| broken(error.to_string()))? = fresh;
        key
    }

    fn opened(
        &self,
        id: i32,
        purpose: &str,
        subject: &str,
        nonce: Vec<u8>,
        ciphertext: Vec<u8>,
    ) -> Result<Option<Secret>, Broke> {
        let nonce = nonce.try_into().map_err(|_| anyhow!("a nonce of another length"))?;
        Ok(open(&self.key(id)?, id, purpose, subject, &Sealed { nonce, ciphertext }))
    }
}

async fn current_row(tx: &mut Conn) -> QueryResult<Option<(i32, Vec<u8>)>> {
    let current = keys::table.filter(keys::retired_at.is_null()).select((keys::id, keys::proof));
    current.for_share().first(tx).await.optional()
}

/// A known text sealed under a key: nonce and ciphertext in one.
pub(super) fn proof_of(key: &Key, id: i32) -> anyhow::Result<Vec<u8>> {
    let sealed = seal(key, id, PROOF, PROOF, &Secret::new(PROOF))?;
    Ok([&sealed.nonce[..], &sealed.ciphertext].concat())
}

fn proves(key: &Key, id: i32, proof: &[u8]) -> bool {
    let Some((nonce, ciphertext)) = proof.split_first_chunk::<24>() else { return false };
    open(key, id, PROOF, PROOF, &Sealed { nonce: *nonce, ciphertext: ciphertext.to_vec() }).is_some()
}
