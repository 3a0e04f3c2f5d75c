//! What the shop answered, with the questions that tests ask of it.

use rocket::http::Status;

/// Status, headers and body of one answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: Status,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
    pub asked: String,
}

#[allow(dead_code)]
impl Answer {
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub fn is(&self, status: Status) -> &Answer {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.body().chars().take(3000).collect::<String>());
        self
    }

    #[track_caller]
    pub fn is_ok(&self) -> &Answer {
        self.is(Status::Ok)
    }

    /// The text stands on the page (tags and entities aside).
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Answer {
        assert!(self.text().contains(text), "{} does not show {text:?}:\n{}", self.asked, self.text());
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Answer {
        assert!(!self.text().contains(text), "{} shows {text:?}", self.asked);
        self
    }

    /// The raw body contains this.
    #[track_caller]
    pub fn has(&self, raw: &str) -> &Answer {
        assert!(self.body().contains(raw), "{} lacks {raw:?}:\n{}", self.asked, self.body());
        self
    }

    /// The form field still holds this value (as a value, a chosen option or the text of an area).
    #[track_caller]
    pub fn keeps(&self, field: &str, value: &str) -> &Answer {
        let body = self.body();
        let mine = body.split('<').filter(|tag| tag.contains(&format!("name=\"{field}\"")));
        let found = mine.clone().any(|tag| {
            tag.contains(&format!("value=\"{value}\""))
                || tag.ends_with(&format!(">{value}"))
                || tag.ends_with(&format!(">\n{value}"))
        });
        let chosen = || {
            body.split(&format!("name=\"{field}\"")).nth(1).is_some_and(|rest| {
                let select = rest.split("</select>").next().unwrap_or_default();
                select.split('<').any(|tag| tag.contains(&format!("value=\"{value}\"")) && tag.contains("selected"))
            })
        };
        assert!(found || chosen(), "{}: {field} does not keep {value:?}: {:?}", self.asked, mine.collect::<Vec<_>>());
        self
    }

    #[track_caller]
    pub fn goes_to(&self, path: &str) -> &Answer {
        self.is(Status::SeeOther);
        assert_eq!(self.header("location"), Some(path), "{}", self.asked);
        self
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_else(|| panic!("{} does not redirect: {}", self.asked, self.body())).to_owned()
    }

    /// The words of the page without tags, white space folded.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in self.body().chars() {
            match c {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    out.push(' ');
                }
                _ if !inside => out.push(c),
                _ => {}
            }
        }
        let out = out.replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"").replace("&#34;", "\"");
        let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&#60;", "<").replace("&#62;", ">");
        let out = out.replace("&#38;", "&").replace("&amp;", "&").replace('\u{a0}', " ");
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
