//! Who bought in the demo shop: invented people at invented doors, with addresses that lead nowhere.

/// Somebody who bought.
pub struct Shopper {
    pub name: &'static str,
    pub country: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    pub region: &'static str,
}

impl Shopper {
    /// "lena.brandt@example.com": mail to example.com reaches nobody.
    pub fn email(&self) -> String {
        let plain = |c: char| match c {
            'ä' => "ae".to_owned(),
            'ö' => "oe".to_owned(),
            'ü' => "ue".to_owned(),
            'ß' => "ss".to_owned(),
            ' ' => ".".to_owned(),
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
            _ => String::new(),
        };
        format!("{}@example.com", self.name.to_lowercase().chars().map(plain).collect::<String>())
    }

    /// Whether their letters are in German.
    pub fn speaks_german(&self) -> bool {
        matches!(self.country, "DE" | "AT" | "CH")
    }

    const fn in_region(self, region: &'static str) -> Shopper {
        Shopper { region, ..self }
    }
}

const fn of(
    country: &'static str,
    name: &'static str,
    street: &'static str,
    postal_code: &'static str,
    city: &'static str,
) -> Shopper {
    Shopper { name, country, street, postal_code, city, region: "" }
}

pub const SHOPPERS: &[Shopper] = &[
    of("DE", "Lena Brandt", "Karl-Heine-Straße 48", "04229", "Leipzig"),
    of("DE", "Jonas Keller", "Görlitzer Straße 21", "01099", "Dresden"),
    of("DE", "Mira Yıldız", "Weserstraße 173", "12045", "Berlin"),
    of("AT", "Paul Gruber", "Neubaugasse 33", "1070", "Wien"),
    of("DE", "Anneke Petersen", "Osterstraße 90", "20259", "Hamburg"),
    of("FR", "Camille Morel", "12 rue des Martyrs", "75009", "Paris"),
    of("DE", "Thomas Vogel", "Alaunstraße 5", "01099", "Dresden"),
    of("GB", "Imogen Clarke", "7 Gloucester Road", "BS7 8AA", "Bristol"),
    of("DE", "Sophie Hartmann", "Ludwigstraße 64", "04315", "Leipzig"),
    of("NL", "Daan de Vries", "Nieuwegracht 102", "3512 LX", "Utrecht"),
    of("DE", "Felix Baumann", "Zülpicher Straße 12", "50674", "Köln"),
    of("CH", "Nora Zbinden", "Langstrasse 88", "8004", "Zürich"),
    of("DE", "Greta Lindner", "Merseburger Straße 37", "04229", "Leipzig"),
    of("US", "Maya Torres", "418 Prospect Place", "11238", "Brooklyn").in_region("NY"),
    of("DE", "Emil Schuster", "Gostenhofer Hauptstraße 9", "90443", "Nürnberg"),
    of("BE", "Lotte Peeters", "Kloosterstraat 55", "2000", "Antwerpen"),
    of("DE", "Clara Wenzel", "Sternstraße 14", "40479", "Düsseldorf"),
    of("IT", "Giulia Ferrari", "Via San Vitale 41", "40125", "Bologna").in_region("BO"),
    of("DE", "Matthias Roth", "Bergmannstraße 70", "10961", "Berlin"),
    of("DK", "Freja Holm", "Jægersborggade 19", "2200", "København"),
    of("DE", "Ida Sommer", "Könneritzstraße 101", "04229", "Leipzig"),
    of("AT", "Katharina Moser", "Annenstraße 26", "8020", "Graz"),
    of("DE", "David Nguyen", "Schanzenstraße 58", "20357", "Hamburg"),
    of("IE", "Oisín Byrne", "24 Portobello Quay", "D08 R2N1", "Dublin"),
    of("DE", "Hannah Kunze", "Große Ulrichstraße 17", "06108", "Halle (Saale)"),
    of("ES", "Marta Vidal", "Carrer de Verdi 30", "08012", "Barcelona"),
    of("DE", "Oskar Winter", "Maximilianstraße 3", "86150", "Augsburg"),
    of("PL", "Zofia Nowak", "ul. Ruska 46", "50-079", "Wrocław"),
    of("DE", "Johanna Krug", "Wilhelmshöher Allee 112", "34119", "Kassel"),
    of("US", "Theo Whitman", "1902 Alder Street", "97214", "Portland").in_region("OR"),
];
