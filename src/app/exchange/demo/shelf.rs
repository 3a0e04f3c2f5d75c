//! The goods of the demo shop: names, words and prices of our own; pictures of our own in `assets/demo/pictures`.

/// A category and the picture it shows.
pub struct Room {
    pub handle: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    pub picture: &'static str,
}

/// A product.
pub struct Good {
    pub handle: &'static str,
    pub title: &'static str,
    /// The handle of its category.
    pub room: &'static str,
    pub kind: &'static str,
    pub tags: &'static [&'static str],
    /// Markdown.
    pub text: &'static str,
    pub options: &'static [&'static str],
    pub variants: &'static [Piece],
    /// File in `assets/demo/pictures` without its ending, and what it shows.
    pub pictures: &'static [(&'static str, &'static str)],
}

/// A variant.
pub struct Piece {
    pub values: &'static [&'static str],
    pub sku: &'static str,
    /// Cents.
    pub price: i64,
    pub was: Option<i64>,
    pub grams: i32,
    pub stock: i32,
    pub picture: Option<&'static str>,
}

const fn piece(values: &'static [&'static str], sku: &'static str, price: i64, grams: i32, stock: i32) -> Piece {
    Piece { values, sku, price, was: None, grams, stock, picture: None }
}

impl Piece {
    const fn shown(self, picture: &'static str) -> Piece {
        Piece { picture: Some(picture), ..self }
    }

    const fn was(self, was: i64) -> Piece {
        Piece { was: Some(was), ..self }
    }
}

pub const ROOMS: &[Room] = &[
    Room {
        handle: "tableware",
        title: "Tableware",
        text: "Stoneware and wood for every day. It stacks, it goes in the dishwasher unless we say otherwise, and it looks better with use.",
        picture: "bowl-stack",
    },
    Room {
        handle: "tea-and-coffee",
        title: "Tea and coffee",
        text: "For the first cup and the one at four.",
        picture: "teapot-set",
    },
    Room {
        handle: "textiles",
        title: "Textiles",
        text: "Linen and wool, woven plainly, dyed in small lots.",
        picture: "towel-stack",
    },
    Room { handle: "light-and-glass", title: "Light and glass", text: "Things for the table once it is dark.", picture: "lamp" },
    Room { handle: "garden", title: "Garden", text: "Pots, cans and nothing that needs a manual.", picture: "pot-plant" },
];

pub const GOODS: &[Good] = &[
    Good {
        handle: "stoneware-mug",
        title: "Stoneware mug",
        room: "tableware",
        kind: "Mug",
        tags: &["stoneware", "new"],
        text: "A mug with a straight lip and room for three fingers in the handle. The glaze breaks at the rim, so no two are quite alike.\n\n- Holds 320 ml, filled to a finger below the rim\n- Dishwasher and microwave safe\n- Thrown and glazed in one small workshop",
        options: &["Colour"],
        variants: &[
            piece(&["Oat"], "MUG-OAT", 1900, 360, 42).shown("mug-oat"),
            piece(&["Moss"], "MUG-MOSS", 1900, 360, 17).shown("mug-moss"),
            piece(&["Clay"], "MUG-CLAY", 1900, 360, 2).shown("mug-clay"),
        ],
        pictures: &[
            ("mug-oat", "Stoneware mug in oat"),
            ("mug-moss", "Stoneware mug in moss green"),
            ("mug-clay", "Stoneware mug in clay red"),
            ("mug-three", "Three stoneware mugs in oat, moss and clay"),
        ],
    },
    Good {
        handle: "low-bowl",
        title: "Low bowl",
        room: "tableware",
        kind: "Bowl",
        tags: &["stoneware"],
        text: "Wide enough for pasta, deep enough for soup. The foot is left bare, so it sits quietly on wood.\n\nGlazed in oat; the small one is for porridge, the large one for sharing.",
        options: &["Size"],
        variants: &[
            piece(&["16 cm"], "BOWL-16", 2200, 480, 25),
            piece(&["21 cm"], "BOWL-21", 2800, 720, 31),
            piece(&["27 cm"], "BOWL-27", 4600, 1250, 0),
        ],
        pictures: &[("bowl", "A low, wide bowl glazed in oat"), ("bowl-stack", "Four bowls stacked: ink, moss and two in oat")],
    },
    Good {
        handle: "everyday-plates",
        title: "Everyday plates, set of four",
        room: "tableware",
        kind: "Plate",
        tags: &["stoneware", "set"],
        text: "Four plates with a slightly raised edge, so that peas stay where they are. They stack to the height of a hand.\n\nDishwasher safe. If one breaks, write to us: we sell them singly to those who have a set.",
        options: &["Size"],
        variants: &[piece(&["Side, 19 cm"], "PLATE-19", 5200, 1600, 14), piece(&["Dinner, 26 cm"], "PLATE-26", 7600, 3000, 9)],
        pictures: &[("plate", "A stack of oat plates with a small green one on top")],
    },
    Good {
        handle: "olive-board",
        title: "Chopping board",
        room: "tableware",
        kind: "Board",
        tags: &["wood"],
        text: "One piece of slow-grown wood, oiled by hand, with a hole to hang it by. Wash it with warm water, never in the machine, and oil it when it looks thirsty.\n\n25 × 40 cm, 2 cm thick.",
        options: &[],
        variants: &[piece(&[], "BOARD-40", 3900, 1100, 22)],
        pictures: &[
            ("board", "A wooden chopping board with rounded corners"),
            ("board-table", "The board lying flat with two apples on it"),
        ],
    },
    Good {
        handle: "iron-teapot",
        title: "Round teapot",
        room: "tea-and-coffee",
        kind: "Teapot",
        tags: &["tea", "stoneware"],
        text: "A pot for four cups with a spout that does not drip: we tried eleven before this one. The handle stays cool, the strainer inside lifts out.\n\n- Holds 900 ml\n- Stoneware with a matt ink glaze, handle of bent wood\n- Rinse by hand, no soap",
        options: &[],
        variants: &[piece(&[], "TEAPOT-INK", 5400, 1150, 8).was(6800)],
        pictures: &[
            ("teapot", "A round ink-blue teapot with a wooden handle"),
            ("teapot-set", "The teapot with two small cups of tea"),
        ],
    },
    Good {
        handle: "first-flush-green-tea",
        title: "First flush green tea",
        room: "tea-and-coffee",
        kind: "Tea",
        tags: &["tea", "new"],
        text: "Picked in the first two weeks of April and steamed the same day. It tastes of young peas and a little of the sea. Water at 70 °C, two minutes, and the leaves are good for a second cup.\n\nLoose leaf, in a tin that closes tight.",
        options: &["Weight"],
        variants: &[
            piece(&["50 g"], "TEA-50", 1150, 120, 60),
            piece(&["100 g"], "TEA-100", 1950, 180, 44),
            piece(&["250 g"], "TEA-250", 4200, 360, 3),
        ],
        pictures: &[
            ("tea-green", "A dark green tea tin with a brass lid"),
            ("tea-green-leaf", "The tin with a small heap of green tea leaves"),
        ],
    },
    Good {
        handle: "pour-over-carafe",
        title: "Pour-over carafe",
        room: "tea-and-coffee",
        kind: "Coffee maker",
        tags: &["coffee", "glass"],
        text: "Glass above, glass below, a wooden collar to hold it by. Takes the usual paper cones and makes three cups at a time.\n\nThe glass-blower is away until spring: the next ones come in April.",
        options: &[],
        variants: &[piece(&[], "CARAFE-3", 4800, 640, 0)],
        pictures: &[
            ("pour-over", "A glass pour-over carafe with a wooden collar"),
            ("pour-over-cup", "The carafe half full of coffee beside a cup"),
        ],
    },
    Good {
        handle: "linen-tea-towel",
        title: "Linen tea towel",
        room: "textiles",
        kind: "Towel",
        tags: &["linen"],
        text: "Heavy linen that drinks a wet pot dry and leaves no fluff on glass. Stiff at first; after five washes you will not want another.\n\n50 × 70 cm, with a loop. Wash at 60 °C.",
        options: &["Colour"],
        variants: &[
            piece(&["Natural"], "TOWEL-NAT", 1600, 140, 75).shown("towel-natural"),
            piece(&["Rust"], "TOWEL-RUST", 1600, 140, 38).shown("towel-rust"),
            piece(&["Ink"], "TOWEL-INK", 1600, 140, 0).shown("towel-ink"),
        ],
        pictures: &[
            ("towel-natural", "A natural linen towel hanging from a brass rod"),
            ("towel-rust", "A rust-coloured linen towel hanging from a brass rod"),
            ("towel-ink", "An ink-blue linen towel hanging from a brass rod"),
            ("towel-stack", "Linen towels folded in a stack"),
        ],
    },
    Good {
        handle: "wool-throw",
        title: "Wool throw",
        room: "textiles",
        kind: "Throw",
        tags: &["wool", "winter"],
        text: "Lambswool, woven double so that it is warm without being heavy. Large enough for two on a sofa who like each other.\n\n140 × 200 cm. Air it rather than wash it; when it must be, by hand and cool.",
        options: &["Colour"],
        variants: &[
            piece(&["Sand"], "THROW-SAND", 11900, 1300, 12).was(14900).shown("throw-sand"),
            piece(&["Forest"], "THROW-FOREST", 11900, 1300, 6).was(14900).shown("throw-forest"),
        ],
        pictures: &[("throw-sand", "A folded wool throw in sand"), ("throw-forest", "A folded wool throw in forest green")],
    },
    Good {
        handle: "beeswax-candle",
        title: "Beeswax candle",
        room: "light-and-glass",
        kind: "Candle",
        tags: &["beeswax"],
        text: "Nothing but beeswax and a cotton wick. It smells of honey before it is lit and of nothing much afterwards, which is how we like it at table.\n\nBurns about 9 hours for every 5 cm.",
        options: &["Height"],
        variants: &[
            piece(&["8 cm"], "CANDLE-8", 1200, 210, 48),
            piece(&["14 cm"], "CANDLE-14", 1800, 380, 36),
            piece(&["20 cm"], "CANDLE-20", 2400, 560, 5),
        ],
        pictures: &[("candle", "Three beeswax candles of different heights"), ("candle-one", "One thick beeswax candle")],
    },
    Good {
        handle: "reading-lamp",
        title: "Table lamp",
        room: "light-and-glass",
        kind: "Lamp",
        tags: &["brass"],
        text: "A forest green shade on a brass stem. It lights the page and not the room. The dimmer is a ring below the shade: turn it as you would a tap.\n\n- 35 cm high, shade 32 cm\n- E14 bulb included, up to 6 W\n- Cloth cable, 2 m, with the plug of your country",
        options: &[],
        variants: &[piece(&[], "LAMP-FOREST", 13800, 2100, 4)],
        pictures: &[("lamp", "A table lamp with a green shade on a brass stem")],
    },
    Good {
        handle: "bottle-vase",
        title: "Bottle vase",
        room: "light-and-glass",
        kind: "Vase",
        tags: &["glass"],
        text: "Blown glass with a narrow neck: one branch stands up straight in it, and that is often enough.",
        options: &["Colour", "Height"],
        variants: &[
            piece(&["Clear", "18 cm"], "VASE-CLEAR-18", 2600, 520, 19).shown("vase-clear"),
            piece(&["Clear", "26 cm"], "VASE-CLEAR-26", 3600, 840, 11).shown("vase-clear"),
            piece(&["Amber", "18 cm"], "VASE-AMBER-18", 2900, 520, 0).shown("vase-amber"),
            piece(&["Amber", "26 cm"], "VASE-AMBER-26", 3900, 840, 7).shown("vase-amber"),
            piece(&["Smoke", "18 cm"], "VASE-SMOKE-18", 2900, 520, 13).shown("vase-smoke"),
            piece(&["Smoke", "26 cm"], "VASE-SMOKE-26", 3900, 840, 0).shown("vase-smoke"),
        ],
        pictures: &[
            ("vase-amber", "An amber glass vase with a branch in it"),
            ("vase-clear", "A clear glass vase with a branch in it"),
            ("vase-smoke", "A smoky grey glass vase with a branch in it"),
        ],
    },
    Good {
        handle: "terracotta-pot",
        title: "Terracotta pot",
        room: "garden",
        kind: "Pot",
        tags: &["terracotta"],
        text: "Fired hot enough to stay outside over winter. The clay breathes, the hole in the bottom is where it should be, and the white bloom that comes with the years is lime, not dirt.",
        options: &["Size"],
        variants: &[
            piece(&["Small, 12 cm"], "POT-12", 900, 600, 80),
            piece(&["Medium, 18 cm"], "POT-18", 1600, 1500, 40),
            piece(&["Large, 26 cm"], "POT-26", 3200, 3900, 0),
        ],
        pictures: &[
            ("pot", "Three terracotta pots, large, medium and small"),
            ("pot-plant", "A terracotta pot with a leafy plant"),
        ],
    },
    Good {
        handle: "watering-can",
        title: "Watering can",
        room: "garden",
        kind: "Watering can",
        tags: &["brass"],
        text: "Holds 1.5 litres and pours where you point it. Enamelled steel, with a handle and a rose of brass; the rose unscrews for single pots.",
        options: &["Colour"],
        variants: &[
            piece(&["Forest"], "CAN-FOREST", 4400, 780, 16).shown("can-forest"),
            piece(&["Clay"], "CAN-CLAY", 4400, 780, 10).shown("can-clay"),
        ],
        pictures: &[
            ("can-forest", "A forest green watering can with a brass handle"),
            ("can-clay", "A clay red watering can with a brass handle"),
        ],
    },
];
