//! One connection, with TLS as `sslmode` says: disable, prefer (the default: no certificate is checked), require, verify-full.

use std::sync::Arc;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::Socket;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres_rustls::MakeRustlsConnect;

/// To compile a query takes longer than any of ours does, and a shop's tables lie in memory or on flash: a row by its index is not dear.
/// As statements, because a startup option would be refused by poolers.
pub const SETTINGS: &str = "set jit = off; set random_page_cost = 1.1";

/// Connects for diesel; the connection's driver runs as a task of its own.
pub(super) async fn establish(url: String) -> ConnectionResult<AsyncPgConnection> {
    let (client, connection) = connect(&url).await.map_err(|error| ConnectionError::BadConnection(format!("{error:#}")))?;
    let mut conn = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
    conn.batch_execute(SETTINGS).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Drives one connection; a task of its own awaits it.
pub type Driver = tokio_postgres::Connection<Socket, <Tls as MakeTlsConnect<Socket>>::Stream>;

/// Connects to PostgreSQL.
///
/// # Errors
/// A wrong URL, an unreachable server, a refused password, a certificate that `sslmode=verify-full` does not accept.
pub async fn connect(url: &str) -> anyhow::Result<(tokio_postgres::Client, Driver)> {
    let (config, tls) = target(url)?;
    Ok(config.connect(tls).await?)
}

/// What a URL asks for: where to connect to, and the TLS to use on the way.
///
/// # Errors
/// A URL that cannot be read.
pub fn target(url: &str) -> anyhow::Result<(tokio_postgres::Config, Tls)> {
    let (url, check) = split_mode(url);
    let mut config: tokio_postgres::Config = url.parse()?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(std::time::Duration::from_secs(5));
    }
    if config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_))) {
        config.ssl_mode(SslMode::Disable);
    } else if check {
        config.ssl_mode(SslMode::Require);
    }
    Ok((config, Tls(MakeRustlsConnect::new(tls(check)))))
}

/// rustls, but for a socket's empty host name, which it would refuse before anybody asks for TLS.
#[derive(Clone)]
pub struct Tls(MakeRustlsConnect);

impl MakeTlsConnect<Socket> for Tls {
    type Stream = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream;
    type TlsConnect = <MakeRustlsConnect as MakeTlsConnect<Socket>>::TlsConnect;
    type Error = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Error;

    fn make_tls_connect(&mut self, domain: &str) -> Result<Self::TlsConnect, Self::Error> {
        let domain = if domain.is_empty() { "localhost" } else { domain };
        <MakeRustlsConnect as MakeTlsConnect<Socket>>::make_tls_connect(&mut self.0, domain)
    }
}

/// tokio-postgres knows disable, prefer and require; the verifying modes are kept apart.
fn split_mode(url: &str) -> (String, bool) {
    for mode in ["sslmode=verify-full", "sslmode=verify-ca"] {
        if url.contains(mode) {
            return (url.replace(mode, "sslmode=require"), true);
        }
    }
    (url.to_owned(), false)
}

fn tls(check: bool) -> ClientConfig {
    if check {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    }
    ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(AnyCertificate)).with_no_client_auth()
}

/// What `sslmode=require` means to PostgreSQL: encrypted, but nobody asks by whom.
#[derive(Debug)]
struct AnyCertificate;

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
