//! The names of the demo's goods in German; the texts lie in `assets/demo/de/words`.

/// A product: handle, title, kind, and what its pictures show, in their order.
pub type Named = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// A category: handle, title, text.
pub const ROOMS: &[(&str, &str, &str)] = &[
    ("living", "Wohnen", "Möbel und Licht, einzeln ausgesucht, um Jahre zu bleiben."),
    ("plants", "Pflanzen", "Lebendiges, das mit einem Fenster und einem verspäteten Glas Wasser auskommt, und worin es steht."),
    (
        "cameras",
        "Kameras",
        "Kameras, die sich Zeit lassen. Die alten wurden in unserer Werkstatt geöffnet, gereinigt und eingestellt und haben zwei Jahre Garantie.",
    ),
    ("outdoors", "Draußen", "Für den Platz, die Straße und die Lichtung an ihrem Ende."),
    ("seating", "Sitzmöbel", "Sofas, Sessel und ein sehr guter Hocker."),
    ("tables-and-light", "Tische und Licht", "Platz für eine Tasse und etwas, um sie zu sehen."),
    ("at-the-desk", "Am Schreibtisch", "Die paar Dinge auf dem Tisch, die man den ganzen Tag in der Hand hat."),
    ("houseplants", "Zimmerpflanzen", "In Papier verschickt, nie in Schaumstoff, und nur bei Wetter, das sie mögen."),
    ("pots-and-tools", "Töpfe und Werkzeug", "Ton, Glasur und eine gute Schaufel."),
    ("play", "Spielen", "Bälle, ein Brett und ein Seil."),
    ("out-and-about", "Unterwegs", "Nah oder fern, auf zwei Rädern, zwei Füßen oder zwei Stangen."),
    ("gift-cards", "Geschenkkarten", "Für alle, die lieber selbst aussuchen, oder für den Geburtstag, der heute ist."),
];

/// Names of options, and values that are words.
const WORDS: &[(&str, &str)] = &[
    ("Size", "Größe"),
    ("Set", "Anzahl"),
    ("Legs", "Beine"),
    ("Base", "Gestell"),
    ("Colour", "Farbe"),
    ("Height", "Höhe"),
    ("Diameter", "Durchmesser"),
    ("Layout", "Belegung"),
    ("Length", "Länge"),
    ("Condition", "Zustand"),
    ("Pack", "Packung"),
    ("Frame", "Rahmen"),
    ("Small", "Klein"),
    ("Tall", "Groß"),
    ("One", "Eine"),
    ("Three", "Drei"),
    ("Eight", "Acht"),
    ("Two seats", "Zweisitzer"),
    ("Three seats", "Dreisitzer"),
    ("Oak", "Eiche"),
    ("Walnut", "Nussbaum"),
    ("Black steel", "Schwarzer Stahl"),
    ("Ochre", "Ocker"),
    ("Sage", "Salbei"),
    ("US", "US"),
    ("German", "Deutsch"),
    ("Good", "Gut"),
    ("Very good", "Sehr gut"),
    ("Tin of 3", "Dose mit 3"),
    ("Box of 12", "Karton mit 12"),
    ("Two people", "Zwei Personen"),
    ("Four people", "Vier Personen"),
    ("Amount", "Betrag"),
    ("€25", "25 €"),
    ("€50", "50 €"),
    ("€100", "100 €"),
];

/// An option's name or a value in German; measures are the same. `None`: it has no German yet.
pub fn word(text: &'static str) -> Option<&'static str> {
    let is_measure = text.trim_end_matches(" cm").trim_end_matches(" m").bytes().all(|byte| byte.is_ascii_digit());
    let known = WORDS.iter().find(|(english, _)| *english == text).map(|(_, german)| *german);
    known.or(is_measure.then_some(text))
}

/// A way of delivery.
pub const WAYS: &[(&str, &str)] = &[("Standard", "Standardversand"), ("Express", "Expressversand")];

pub const GOODS: &[Named] = &[
    (
        "alder-sofa",
        "Sofa „Erle“",
        "Sofa",
        &[
            "Ein cognacfarbenes Ledersofa vor einer hellen Wand",
            "Der Dreisitzer von vorn, daneben ein Palmblatt",
            "Armlehne und ein Kissen des Ledersofas",
        ],
    ),
    (
        "harbour-sofa",
        "Sofa „Hafen“",
        "Sofa",
        &["Ein geknöpftes graues Sofa hinter einem niedrigen Tisch", "Das graue Sofa in einem hellen Wohnzimmer"],
    ),
    (
        "reading-armchair",
        "Lesesessel",
        "Sessel",
        &["Ein blauer Tweedsessel mit Holzbeinen auf Dielen", "Der geknöpfte Rücken des blauen Sessels"],
    ),
    (
        "shell-armchair",
        "Schalensessel",
        "Stuhl",
        &["Ein schwarzer Sessel mit geformter Schale auf einem Drahtgestell", "Die Rundung der Schale von der Seite"],
    ),
    (
        "stacking-chair",
        "Stapelstuhl",
        "Stuhl",
        &[
            "Ein ockerfarbener Stapelstuhl auf Betonboden",
            "Ein salbeigrüner Stapelstuhl neben dem ockerfarbenen",
            "Drei Stapelstühle in einem dämmrigen, leeren Raum",
        ],
    ),
    (
        "cafe-chair",
        "Caféstuhl",
        "Stuhl",
        &["Ein weißer Bugholzstuhl, an den ein rosa Luftballon gebunden ist", "Der weiße Stuhl, etwas näher"],
    ),
    (
        "workshop-stool",
        "Werkstatthocker",
        "Hocker",
        &["Ein gekalkter Birkenhocker vor einer blauen Wand", "Der Sitz des Hockers mit dem Schlitz zum Tragen"],
    ),
    (
        "slim-desk",
        "Schmaler Schreibtisch",
        "Schreibtisch",
        &[
            "Ein schmaler Schreibtisch aus Buche mit drei Schubladen vor einer weißen Wand",
            "Das Ende des Schreibtischs mit einer kleinen Pflanze darauf",
        ],
    ),
    (
        "three-leg-table",
        "Dreibeintisch",
        "Tisch",
        &[
            "Ein kleiner runder Tisch, dessen Beine wie in Weiß getaucht aussehen",
            "Der Tisch neben einem Bett, darauf ein Wecker",
        ],
    ),
    (
        "enamel-pendant",
        "Emaille-Pendelleuchte",
        "Leuchte",
        &["Eine leuchtende graue Emaillelampe vor einer petrolfarbenen Wand", "Die Lampe, tief in einem petrolfarbenen Raum"],
    ),
    ("twin-bell-alarm-clock", "Doppelglockenwecker", "Wecker", &["Ein schwarzer Wecker mit zwei Glocken auf einem weißen Tisch"]),
    (
        "patchwork-keyboard",
        "Tastatur „Flickwerk“",
        "Tastatur",
        &[
            "Eine Tastatur mit weißen, gelben, grünen und orangefarbenen Tasten",
            "Tasten aus der Nähe, die Buchstaben mitgegossen",
        ],
    ),
    ("pebble-mouse", "Maus „Kiesel“", "Maus", &["Eine glatte, braun-schwarze Computermaus auf Weiß"]),
    ("drawing-slate", "Zeichentablett", "Tablett", &["Ein schwarzes Zeichentablett und ein weißer Stift auf weißen Brettern"]),
    ("charging-cable", "Ladekabel", "Kabel", &["Stecker und ein Bogen eines weißen Ladekabels"]),
    (
        "column-cactus",
        "Säulenkaktus",
        "Kaktus",
        &["Ein blauer Säulenkaktus im Terrakottatopf vor einer sandfarbenen Wand", "Rippen und Dornen des Kaktus"],
    ),
    (
        "moth-orchid",
        "Schmetterlingsorchidee",
        "Blühpflanze",
        &["Eine weinrote Orchidee mit zwei Rispen in einem weißen Topf", "Die Blüten der Orchidee"],
    ),
    (
        "zebra-aloe",
        "Zebra-Aloe",
        "Sukkulente",
        &["Eine weiß gesprenkelte Sukkulente in einem weißen Topf", "Die Sukkulente auf einer hellen Fensterbank"],
    ),
    (
        "cypress-bonsai",
        "Zypressen-Bonsai, 14 Jahre",
        "Bonsai",
        &["Ein Bonsai mit dichter Krone in einer ovalen Schale", "Der Bonsai im Freien auf einem Holzblock"],
    ),
    ("hanging-basket", "Hängeampel", "Hängepflanze", &["Grüne Blätter, die aus einem Korb an einer Kette herabfallen"]),
    (
        "windowsill-succulents",
        "Sukkulenten für die Fensterbank",
        "Sukkulente",
        &[
            "Acht Sukkulenten in kupferfarbenen Töpfen, von oben gesehen",
            "Eine einzelne spitze Sukkulente von oben",
            "Eine dunkle Rosette zwischen anderen Sukkulenten",
        ],
    ),
    ("norfolk-pine", "Zimmertanne", "Zimmerbaum", &["Die Spitze einer Zimmertanne vor einer korallenroten Wand"]),
    ("spider-plant", "Grünlilie", "Blattpflanze", &["Eine Grünlilie in einem rot gemusterten Topf auf einem blauen Läufer"]),
    ("tulips-in-a-pot", "Tulpen im Topf", "Blühpflanze", &["Rote Tulpen, die aus einem gelben Topf wachsen"]),
    ("terracotta-pot", "Terrakottatopf", "Topf", &["Ein Terrakottatopf mit einem Kaktus darin"]),
    ("sunrise-planter", "Übertopf „Sonnenaufgang“", "Topf", &["Ein Übertopf, von Sand nach Gelb glasiert, mit Tulpen"]),
    (
        "potting-scoop",
        "Pflanzschaufel",
        "Werkzeug",
        &["Eine dunkelgrüne Schaufel voller Blumenerde", "Ein mit Erde gefüllter Topf neben der Schaufel"],
    ),
    ("guardian-lion", "Wächterlöwe", "Figur", &["Ein steinerner Löwe mit gelockter Mähne vor einer nachtblauen Wand"]),
    (
        "twin-lens-reflex",
        "Zweiäugige Spiegelreflexkamera, 1956",
        "Mittelformat",
        &["Eine schwarze zweiäugige Kamera, von oben gesehen"],
    ),
    ("instant-camera", "Sofortbildkamera", "Sofortbild", &["Eine weiße Sofortbildkamera auf einem weißen Tisch"]),
    ("pocket-camera", "Taschenkamera, 1963", "Kleinbild", &["Eine kleine Kamera in Schwarz und Silber auf Beton"]),
    ("press-camera", "Pressekamera, 1948", "Großformat", &["Eine aufgeklappte Pressekamera mit Balgen und rundem Blitz"]),
    (
        "single-lens-reflex",
        "Spiegelreflexkamera, 1974",
        "Kleinbild",
        &["Eine schwarze Spiegelreflexkamera, die an einem Lederriemen hängt"],
    ),
    ("portrait-lens", "Porträtobjektiv, 85 mm", "Objektiv", &["Die Frontlinse eines großen Objektivs auf gewebtem Stoff"]),
    ("table-tripod", "Tischstativ", "Stativ", &["Eine Kamera auf einem kleinen verchromten Stativ vor Schwarz"]),
    ("training-football", "Trainingsfußball", "Ball", &["Ein schlammiger Fußball auf Gras"]),
    (
        "outdoor-basketball",
        "Outdoor-Basketball",
        "Ball",
        &["Ein Basketball mit seinem Schatten auf einem orange-grauen Platz", "Der Ball und die weißen Linien des Platzes"],
    ),
    ("tennis-balls", "Tennisbälle", "Ball", &["Ein leuchtender Tennisball im schwachen Licht auf einem dunkelgrünen Platz"]),
    ("skipping-rope", "Springseil", "Seil", &["Ein Springseil mit Holzgriffen auf violettem Grund"]),
    ("cruiser-board", "Cruiserboard", "Brett", &["Ein korallenrotes Skateboard auf einem Zebrastreifen, von oben"]),
    (
        "two-pole-tent",
        "Zweistangenzelt",
        "Zelt",
        &["Ein gelbes Zelt im Wald", "Das Zelt auf einer Lichtung, Morgenlicht zwischen den Bäumen"],
    ),
    ("night-road-bicycle", "Rennrad „Nacht“", "Fahrrad", &["Ein mattschwarzes Rennrad im Dunkeln", "Das Rad von der Seite"]),
    ("trail-shoe", "Trailschuh", "Schuh", &["Ein schwarzer Trailschuh in der Luft, die Schnürsenkel fliegen"]),
    ("gift-card", "Geschenkkarte", "Geschenkkarte", &["Rote Tulpen in einem gelben Topf, ein Geschenk"]),
];
