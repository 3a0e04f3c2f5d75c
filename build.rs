//! Joins the style sheets, compresses what can be compressed, and names the whole tree of static files by one hash.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The layers of the storefront, lowest first, and its parts in order; parts not named here follow by name.
const SHOP_LAYERS: &str = "@layer reset, tokens, base, layout, components, utilities;\n";
const SHOP: [&str; 4] = ["reset.css", "tokens.css", "base.css", "layout.css"];
const SHOP_PARTS: [&str; 12] =
    ["buttons", "forms", "header", "footer", "card", "catalogue", "product", "cart", "checkout", "account", "feedback", "home"];

/// The management pages write their files without layers; the layer is put around them here.
const DESK_LAYERS: &str = "@layer tokens, base, layout, components, utilities;\n";
const DESK: [(&str, &str); 4] =
    [("tokens.css", "tokens"), ("base.css", "base"), ("layout.css", "layout"), ("utilities.css", "utilities")];
const DESK_PARTS: [&str; 11] =
    ["button", "badge", "form", "card", "table", "feedback", "overlay", "chart", "resource", "editor", "inbox"];

fn main() {
    for folder in ["build.rs", "static", "templates", "migrations", "locales"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder")).join("static");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder")).join("static");
    let mut files = vec![("css/shop.css".to_owned(), shop(&root)), ("css/admin.css".to_owned(), desk(&root))];
    for path in files_below(&root) {
        let name = path.strip_prefix(&root).expect("it lies below").to_string_lossy().replace('\\', "/");
        if !name.starts_with("css/") {
            files.push((name, fs::read(&path).expect("a static file can be read")));
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    if out.exists() {
        fs::remove_dir_all(&out).expect("the output folder is ours");
    }
    for (name, bytes) in &files {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
        write(&out, name, bytes);
    }
    let hash = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    println!("cargo:rustc-env=STATIC_HASH={hash}");
}

fn shop(root: &Path) -> Vec<u8> {
    let css = root.join("css");
    let named = SHOP.iter().map(|name| css.join(name));
    let mut sheet = SHOP_LAYERS.to_owned();
    for path in named.chain(parts_of(&css.join("components"), &SHOP_PARTS)) {
        sheet.push_str(&without_comments(&read(&path)));
    }
    sheet.into_bytes()
}

fn desk(root: &Path) -> Vec<u8> {
    let css = root.join("css/admin");
    let named = DESK.iter().map(|(name, layer)| (css.join(name), *layer));
    let parts = parts_of(&css.join("components"), &DESK_PARTS).into_iter().map(|path| (path, "components"));
    let mut sheet = DESK_LAYERS.to_owned();
    for (path, layer) in named.chain(parts) {
        sheet.push_str(&format!("@layer {layer} {{\n{}}}\n", without_comments(&read(&path))));
    }
    sheet.into_bytes()
}

/// The style sheets of a folder: those named first, in that order, then the others.
fn parts_of(folder: &Path, first: &[&str]) -> Vec<PathBuf> {
    let place = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        first.iter().position(|name| *name == stem).unwrap_or(first.len())
    };
    let mut found = files_below(folder);
    found.sort_by_key(place);
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// CSS without its comments and the indent of its lines; strings hold no comment marks here.
fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").expect("every comment ends").1;
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Writes a file and, where it pays, its gzip and brotli twins.
fn write(out: &Path, name: &str, bytes: &[u8]) {
    let path = out.join(name);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
    fs::write(&path, bytes).expect("files can be written");
    let text = [".css", ".js", ".svg", ".json", ".txt"].iter().any(|end| name.ends_with(end));
    if !text || bytes.len() < 256 {
        return;
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).expect("memory takes it");
    fs::write(out.join(format!("{name}.gz")), gzip.finish().expect("memory takes it")).expect("files can be written");
    let mut small = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters).expect("memory takes it");
    fs::write(out.join(format!("{name}.br")), small).expect("files can be written");
}

/// All files below a folder, in the order of their names.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path),
        }
    }
    found
}
