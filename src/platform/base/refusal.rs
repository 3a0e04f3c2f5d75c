//! The two kinds of "no": a refusal the shopper can mend, and breakage that staff must see.

/// A sentence to be said in the reader's language: its key in `locales/` and the values in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub key: &'static str,
    pub values: Vec<(&'static str, MessageValue)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum MessageValue {
    Text(String),
    Count(i64),
}

impl Message {
    pub fn new(key: &'static str) -> Message {
        Message { key, values: Vec::new() }
    }

    pub fn count(mut self, name: &'static str, count: impl Into<i64>) -> Message {
        self.values.push((name, MessageValue::Count(count.into())));
        self
    }

    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Message {
        self.values.push((name, MessageValue::Text(text.into())));
        self
    }
}

/// A reason that a person understands; each variant knows its sentence.
pub trait Refusal: std::fmt::Debug + Send + Sync + 'static {
    fn message(&self) -> Message;
}

/// What an act that did not happen says: no to the person, or broken.
#[derive(Debug)]
pub enum Failed<R> {
    Refused(R),
    Broke(Broke),
}

/// Something broke; the person sees a 500 (or 503), the log says what.
pub struct Broke(pub anyhow::Error);

impl std::fmt::Debug for Broke {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl<E: Into<anyhow::Error>> From<E> for Broke {
    fn from(error: E) -> Broke {
        Broke(error.into())
    }
}

impl<R> From<diesel::result::Error> for Failed<R> {
    fn from(error: diesel::result::Error) -> Self {
        Failed::Broke(error.into())
    }
}

impl<R> From<anyhow::Error> for Failed<R> {
    fn from(error: anyhow::Error) -> Self {
        Failed::Broke(Broke(error))
    }
}

impl<R> From<Broke> for Failed<R> {
    fn from(broke: Broke) -> Self {
        Failed::Broke(broke)
    }
}

impl<R: Refusal> From<R> for Failed<R> {
    fn from(refusal: R) -> Self {
        Failed::Refused(refusal)
    }
}

impl<R> Failed<R> {
    /// The same failure in the words of the command above.
    pub fn map<S>(self, say: impl FnOnce(R) -> S) -> Failed<S> {
        match self {
            Failed::Refused(refusal) => Failed::Refused(say(refusal)),
            Failed::Broke(broke) => Failed::Broke(broke),
        }
    }
}

/// Parts a failure: breakage leaves by `?`, the refusal stays to be matched.
pub trait OrBreak<T, R> {
    fn or_break(self) -> Result<Result<T, R>, Broke>;
}

impl<T, R> OrBreak<T, R> for Result<T, Failed<R>> {
    fn or_break(self) -> Result<Result<T, R>, Broke> {
        match self {
            Ok(value) => Ok(Ok(value)),
            Err(Failed::Refused(refusal)) => Ok(Err(refusal)),
            Err(Failed::Broke(broke)) => Err(broke),
        }
    }
}

/// For acts that cannot be refused.
#[derive(Debug)]
pub enum Never {}

impl Refusal for Never {
    fn message(&self) -> Message {
        match *self {}
    }
}
