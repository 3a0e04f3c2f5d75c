//! Colour words and the colour of their swatch.

/// Words of both languages, longest match wins: "matte black" before "black".
const FILLS: &[(&str, &str)] = &[
    ("black and blue", "#2c3e5c"),
    ("black and red", "#7a2d2a"),
    ("matte black", "#2a2927"),
    ("stainless steel", "#b9b6b1"),
    ("steel grey", "#8d9093"),
    ("steel gray", "#8d9093"),
    ("dark grey", "#4a4947"),
    ("dark gray", "#4a4947"),
    ("light grey", "#c9c7c2"),
    ("light gray", "#c9c7c2"),
    ("rose gold", "#c99a8b"),
    ("navy blue", "#26324f"),
    ("dark blue", "#26324f"),
    ("light blue", "#a9c4d8"),
    ("dark green", "#2f4a38"),
    ("off white", "#f1ece0"),
    ("black", "#1f1e1d"),
    ("schwarz", "#1f1e1d"),
    ("white", "#f4f1ea"),
    ("weiß", "#f4f1ea"),
    ("grey", "#77756f"),
    ("gray", "#77756f"),
    ("grau", "#77756f"),
    ("silver", "#c9c7c2"),
    ("silber", "#c9c7c2"),
    ("steel", "#b9b6b1"),
    ("stahl", "#b9b6b1"),
    ("graphite", "#4b4c4e"),
    ("gunmetal", "#4a4f54"),
    ("anthracite", "#3a3b3d"),
    ("anthrazit", "#3a3b3d"),
    ("mint", "#9fd3b9"),
    ("sage", "#a3b18a"),
    ("olive", "#6b6b3a"),
    ("green", "#4f7a52"),
    ("grün", "#4f7a52"),
    ("teal", "#2f7f7d"),
    ("turquoise", "#49b0ab"),
    ("türkis", "#49b0ab"),
    ("navy", "#26324f"),
    ("blue", "#41699c"),
    ("blau", "#41699c"),
    ("purple", "#6b4a7d"),
    ("violet", "#7a5a94"),
    ("lila", "#9a7bb0"),
    ("pink", "#dba3ae"),
    ("rosa", "#dba3ae"),
    ("rose", "#d3a19b"),
    ("red", "#a8403a"),
    ("rot", "#a8403a"),
    ("burgundy", "#6d2a35"),
    ("orange", "#d08440"),
    ("yellow", "#dcbc55"),
    ("gelb", "#dcbc55"),
    ("gold", "#c2a25a"),
    ("brass", "#b99b5f"),
    ("copper", "#b07650"),
    ("bronze", "#8c6a45"),
    ("brown", "#6f5340"),
    ("braun", "#6f5340"),
    ("tan", "#c0996b"),
    ("beige", "#d9c9ad"),
    ("cream", "#efe6d2"),
    ("sand", "#d6c6a5"),
    ("natural", "#d8c4a0"),
    ("walnut", "#6a4c37"),
    ("oak", "#c19a6b"),
    ("ochre", "#d9a32b"),
    ("ocker", "#d9a32b"),
    ("coral", "#e0705f"),
];

/// The fill of a colour word's swatch; `None` for what is no colour we know.
pub fn fill_of(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let exact = FILLS.iter().find(|(name, _)| *name == word);
    let within = || FILLS.iter().find(|(name, _)| word.split([' ', '/', '-']).any(|part| part == *name));
    exact.or_else(within).map(|(_, fill)| *fill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_known_by_their_words() {
        assert_eq!(fill_of("Matte Black"), Some("#2a2927"));
        assert_eq!(fill_of("Warm Grey"), Some("#77756f"));
        assert_eq!(fill_of("XL"), None);
    }
}
