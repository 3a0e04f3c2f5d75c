//! Servers of others that the shop talks to, started for one test: a PostgreSQL with TLS and a password, S3, mail, nginx.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{binary, eventually, free_port, text};
use crate::world::lend_to_postgres;

/// A program that runs until this is dropped.
pub struct Running(Child);

impl Running {
    pub fn start(command: &mut Command) -> Running {
        Running(command.stdin(Stdio::null()).spawn().expect("it starts"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked first: nginx would leave its workers behind.
        let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&self.0), rustix::process::Signal::TERM);
        for _ in 0..100 {
            if self.0.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The folder of programs that `bin/test` fetched; in CI they must be there.
pub fn fakes() -> Option<PathBuf> {
    let folder = std::env::var_os("FAKES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/fakes/bin"), PathBuf::from);
    present(folder.join("python3").exists(), "the fakes (bin/test fetches them)").then_some(folder)
}

/// Whether something is there; says so when it is not, and fails where everything must be tested.
pub fn present(there: bool, what: &str) -> bool {
    assert!(there || std::env::var_os("CI").is_none(), "missing: {what}");
    if !there {
        eprintln!("skipped: {what} is not here");
    }
    there
}

/// A certificate, its key, and whom to trust to believe it.
pub struct Papers {
    pub certificate: PathBuf,
    pub key: PathBuf,
    pub trusted: PathBuf,
}

/// Papers of an authority of our own for `name` and the loopback.
pub fn papers(folder: &Path, name: &str) -> Papers {
    let at = |name: &str| folder.join(name);
    let papers = Papers { certificate: at("certificate.pem"), key: at("key.pem"), trusted: at("authority.pem") };
    let make = |subject: &str, key: &Path, out: &Path, more: &[&str]| {
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]);
        openssl.args(["-subj", subject]).arg("-keyout").arg(key).arg("-out").arg(out).args(more);
        let made = openssl.output().expect("openssl runs");
        assert!(made.status.success(), "{}", text(&made.stderr));
    };
    make("/CN=Authority", &at("authority.key"), &papers.trusted, &[]);
    let (authority, key) = (papers.trusted.display().to_string(), at("authority.key").display().to_string());
    let names = format!("subjectAltName=DNS:{name},IP:127.0.0.1");
    let more = ["-CA", &authority, "-CAkey", &key, "-addext", "basicConstraints=critical,CA:FALSE", "-addext", &names];
    make(&format!("/CN={name}"), &papers.key, &papers.certificate, &more);
    papers
}

/// A PostgreSQL on TCP that lets nobody in without TLS and a password.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    pub papers: Papers,
}

impl Postgres {
    pub fn start(base: &Path) -> Postgres {
        let folder = base.join("elsewhere");
        std::fs::create_dir(&folder).expect("made");
        let papers = papers(&folder, "localhost");
        std::fs::write(folder.join("password"), "owner of all").expect("written");
        std::fs::write(folder.join("hba"), "hostssl all all 127.0.0.1/32 scram-sha-256\n").expect("written");
        std::fs::set_permissions(&papers.key, std::fs::Permissions::from_mode(0o600)).expect("closed");
        for file in [folder.clone(), papers.key.clone(), folder.join("password")] {
            lend_to_postgres(&file);
        }
        let server = Postgres { port: free_port(), papers, folder };
        let password = format!("--pwfile={}", server.folder.join("password").display());
        server.run("initdb", &["-D", &server.path("data"), "-U", "postgres", "-A", "scram-sha-256", &password, "--no-sync"]);
        let options = format!(
            "-p {} -k '' -c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file={} -c ssl_key_file={} -c hba_file={} -c fsync=off",
            server.port,
            server.papers.certificate.display(),
            server.papers.key.display(),
            server.path("hba")
        );
        server.run("pg_ctl", &["-D", &server.path("data"), "-l", &server.path("log"), "-o", &options, "-w", "start"]);
        server
    }

    /// An empty database of a role that owns it and nothing else.
    pub fn fresh(&self) {
        self.sql("postgres", "drop database if exists shop with (force)");
        self.sql("postgres", "drop role if exists keeper");
        self.sql("postgres", "create role keeper login password 'pass word/§'");
        self.sql("postgres", "create database shop owner keeper");
    }

    /// The address of that database, for `DATABASE_URL`.
    pub fn url(&self, password: &str, mode: &str) -> String {
        let password: String = url::form_urlencoded::byte_serialize(password.as_bytes()).collect();
        format!("postgresql://keeper:{}@localhost:{}/shop?sslmode={mode}", password.replace('+', "%20"), self.port)
    }

    /// Runs a statement as the superuser.
    pub fn sql(&self, database: &str, statement: &str) -> String {
        let mut psql = Command::new(binary("psql"));
        psql.args([
            "-qAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            "127.0.0.1",
            "-p",
            &self.port.to_string(),
            "-U",
            "postgres",
            "-d",
            database,
        ]);
        let output = psql
            .args(["-c", statement])
            .env("PGPASSWORD", "owner of all")
            .env("PGSSLMODE", "require")
            .output()
            .expect("psql runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(binary(program));
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null());
        crate::world::as_postgres(&mut command);
        assert!(
            command.status().expect("it runs").success(),
            "{program}: {}",
            std::fs::read_to_string(self.path("log")).unwrap_or_default()
        );
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.path("data");
        let mut stop = Command::new(binary("pg_ctl"));
        stop.args(["-D", &data, "-m", "immediate", "-w", "stop"]).current_dir("/").stdout(Stdio::null());
        crate::world::as_postgres(&mut stop);
        let _ = stop.status();
    }
}

/// An S3 with one bucket, `shop`.
pub struct Bucket {
    _server: Running,
    pub port: u16,
}

impl Bucket {
    pub fn start(fakes: &Path) -> Bucket {
        let port = free_port();
        let mut server = Command::new(fakes.join("moto_server"));
        server.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
        let server = Running(server.spawn().expect("moto_server starts"));
        let bucket = Bucket { _server: server, port };
        eventually("S3 answers", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        bucket.make();
        bucket
    }

    fn make(&self) {
        assert_eq!(super::call(self.port, "PUT", "/shop"), Some(200));
    }

    /// Throws everything away.
    pub fn wipe(&self) {
        assert_eq!(super::call(self.port, "POST", "/moto-api/reset"), Some(200));
        self.make();
    }

    /// The names of all that lies in it.
    pub fn names(&self) -> Vec<String> {
        let mut caller = super::caller::Caller::at(self.port);
        let listed = caller.get("/shop?list-type=2").text();
        listed.split("<Key>").skip(1).filter_map(|part| Some(part.split_once("</Key>")?.0.to_owned())).collect()
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("BARROW_S3_URL", "s3://shop/pictures/of mine".into()),
            ("AWS_ENDPOINT", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ALLOW_HTTP", "true".into()),
            ("AWS_REGION", "eu-central-1".into()),
            ("AWS_ACCESS_KEY_ID", "key".into()),
            ("AWS_SECRET_ACCESS_KEY", "secret".into()),
        ]
    }
}

/// A mail server with TLS and a password.
pub struct MailServer {
    _server: Running,
    /// The port that begins in the clear, and the one that does not.
    pub ports: (u16, u16),
    pub papers: Papers,
    letters: PathBuf,
}

impl MailServer {
    pub fn start(fakes: &Path, folder: &Path) -> MailServer {
        let papers = papers(folder, "localhost");
        let letters = folder.join("letters");
        let mut server = Command::new(fakes.join("python3"));
        server.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fakes/mail.py")).args([
            &papers.certificate,
            &papers.key,
            &letters,
        ]);
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("python starts");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("read");
        let ports: Vec<u16> = line.split_whitespace().map(|port| port.parse().expect("a port")).collect();
        MailServer { _server: Running(server), ports: (ports[0], ports[1]), papers, letters }
    }

    pub fn letters(&self) -> Vec<serde_json::Value> {
        let kept = std::fs::read_to_string(&self.letters).unwrap_or_default();
        kept.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}
