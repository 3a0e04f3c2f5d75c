//! The files of the house, as read or with something planted.

use std::collections::BTreeMap;
use std::path::Path;

/// Path → text, for `src`, `templates`, `locales`, `migrations` and our own CSS and JS.
pub struct Tree(BTreeMap<String, String>);

impl Tree {
    pub fn read() -> Tree {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        for folder in ["src", "templates", "locales", "migrations", "static/css", "static/js"] {
            walk(root, &root.join(folder), &mut files);
        }
        Tree(files)
    }

    pub fn plant(&mut self, path: &str, lines: &str) {
        let text = self.0.entry(path.to_owned()).or_default();
        text.push('\n');
        text.push_str(lines);
        text.push('\n');
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The Rust files, without their unit tests.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(|(path, _)| path.ends_with(".rs")).map(|(path, text)| (path, without_tests(text)))
    }

    pub fn get(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }
}

/// What stands before the unit tests, plus what was planted behind them.
fn without_tests(text: &str) -> &str {
    match text.find("#[cfg(test)]\nmod tests {") {
        Some(at) => &text[..at],
        None => text,
    }
}

fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            walk(root, &path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("below the root").display().to_string();
            files.insert(name, text);
        }
    }
}
