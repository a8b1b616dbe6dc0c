//! Random plans and documents out of random bytes, so that a failing case shrinks with its bytes.

use crate::engine::plan::{Field, Kind, Names, Plan, UnionPlan};

/// Choices read from bytes; zeros when they run out, which end every recursion.
pub(super) struct Dice<'b> {
    bytes: &'b [u8],
    at: usize,
}

const KEYS: [&str; 8] = ["a", "b", "id", "givenName", "givenNames", "ключ", "", "a\"b"];
const TEXTS: [&str; 14] = [
    "",
    "a",
    "gold",
    "long enough for eight bytes",
    "ünïcödé 😀",
    "\\n\\t\\\"\\\\\\/",
    "\\u00e9",
    "\\ud83d\\ude00",
    "1.50",
    "2024-02-29",
    "\\ud83d",
    "\\udE00x",
    "[{\\\"}",
    "\\u0067old",
];
const NUMBERS: [&str; 14] = [
    "0",
    "7",
    "-1",
    "12.50",
    "1e3",
    "1E-2",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "1e400",
    "0.1",
    "123456789012345678901234567890",
    "-0.0",
    "100",
];
const BLANKS: [&str; 6] = ["", "", "", " ", "\n          ", "\t\r\n"];

static TIERS: Names = Names {
    name: "Tier",
    values: &["gold", "a"],
    open: false,
};

/// A union that contains itself, whose discriminator is also a key of others.
static TREE: UnionPlan = UnionPlan {
    name: "Tree",
    on: "id",
    variants: &[("leaf", Kind::Rec(|| &LEAF)), ("list", Kind::Rec(|| &NODE))],
    open: false,
};
static LEAF: Plan = Plan::new("Leaf", &[Field::new("a", Kind::Int), Field::new("id", Kind::Str)]);
static NODE: Plan = Plan::new(
    "Node",
    &[
        Field::new("b", Kind::List(&Kind::Union(|| &TREE))),
        Field::new("c", Kind::Null(&Kind::Union(|| &TREE))),
    ],
);

impl<'b> Dice<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Dice { bytes, at: 0 }
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % sides
    }

    fn pick<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.roll(choices.len())]
    }

    /// Mostly a record or a list of records.
    pub(super) fn root(&mut self) -> Kind {
        match self.roll(4) {
            0 => self.kind(3),
            1 => Kind::List(leak(self.record(2))),
            _ => self.record(3),
        }
    }

    pub(super) fn kind(&mut self, depth: usize) -> Kind {
        match self.roll(if depth == 0 { 8 } else { 14 }) {
            0 => Kind::Int,
            1 => Kind::Str,
            2 => Kind::Id,
            3 => Kind::Float,
            4 => Kind::Decimal,
            5 => Kind::Bool,
            6 => Kind::Json,
            7 => Kind::Enum(&TIERS),
            8 | 9 => Kind::Null(leak(self.not_null(depth - 1))),
            10 => Kind::List(leak(self.kind(depth - 1))),
            11 => {
                let key = [Kind::Str, Kind::Int, Kind::Enum(&TIERS), Kind::Id][self.roll(4)];
                Kind::Map(leak(key), leak(self.kind(depth - 1)))
            }
            12 => Kind::Union(|| &TREE),
            _ => self.record(depth - 1),
        }
    }

    fn not_null(&mut self, depth: usize) -> Kind {
        match self.kind(depth) {
            Kind::Null(inner) => *inner,
            kind => kind,
        }
    }

    /// A record of up to five fields. Plans must be functions, so some slots are filled in turn.
    fn record(&mut self, depth: usize) -> Kind {
        let from = self.roll(KEYS.len());
        let fields: Vec<Field> = (0..self.roll(6))
            .map(|at| Field::new(KEYS[(from + at) % 8], self.kind(depth)))
            .collect();
        slots::plan(Plan::new("Random", Vec::leak(fields)))
    }

    /// JSON text that mostly fits the kind.
    pub(super) fn document(&mut self, kind: &Kind, depth: usize, out: &mut String) {
        out.push_str(self.pick(&BLANKS));
        if self.roll(24) == 1 {
            self.anything(depth, out);
        } else {
            self.fitting(kind, depth, out);
        }
        out.push_str(self.pick(&BLANKS));
    }

    fn fitting(&mut self, kind: &Kind, depth: usize, out: &mut String) {
        match kind {
            Kind::Int => out.push_str(self.pick(&NUMBERS[..3])),
            Kind::Float | Kind::Decimal => out.push_str(self.pick(&NUMBERS)),
            Kind::Bool => out.push_str(self.pick(&["true", "false"])),
            Kind::Str | Kind::Id => self.text(&TEXTS[..10], out),
            Kind::Enum(_) => self.text(&["gold", "a", "\\u0067old"], out),
            Kind::Null(inner) if self.roll(3) > 0 => self.fitting(inner, depth, out),
            Kind::Null(_) => out.push_str("null"),
            Kind::List(inner) => {
                let count = self.roll(4);
                self.between(out, "[", "]", count, |dice, out, _| dice.document(inner, depth, out));
            }
            Kind::Map(key, inner) => {
                let count = self.roll(4);
                self.between(out, "{", "}", count, |dice, out, _| {
                    match key {
                        Kind::Int => {
                            out.push_str(dice.pick(&["\"0\":", "\"-7\" :", "\"9223372036854775807\":", "\"01\":"]))
                        }
                        Kind::Enum(_) => out.push_str(dice.pick(&["\"gold\":", "\"\\u0067old\" :", "\"silver\":"])),
                        _ => dice.key(out),
                    }
                    dice.document(inner, depth, out);
                });
            }
            Kind::Rec(plan) => self.fields(plan().fields, depth, out),
            Kind::Union(plan) => self.tagged(plan(), depth, out),
            _ => self.anything(depth, out),
        }
    }

    /// An object of a union: the discriminator stands somewhere, once, twice or not at all.
    fn tagged(&mut self, plan: &UnionPlan, depth: usize, out: &mut String) {
        let (tag, kind) = plan.variants[self.roll(plan.variants.len())];
        let mut fields = String::new();
        self.fitting(&kind, depth, &mut fields);
        let inside = fields.trim_matches(['{', '}']).to_owned();
        let tag = [tag, tag, tag, "unknown", "\\u006cist"][self.roll(5)];
        let mut said = String::new();
        self.spelled(plan.on, &mut said);
        said.push_str(&format!("\"{tag}\""));
        let parts = match self.roll(8) {
            0 => vec![inside],
            1 => vec![said.clone(), inside, said],
            2..5 => vec![said, inside],
            _ => vec![inside, said],
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        out.push_str(&format!("{{{}}}", parts.join(",")));
    }

    /// The fields of a record, some twice or left out, with others between them.
    fn fields(&mut self, fields: &[Field], depth: usize, out: &mut String) {
        let mut order: Vec<Option<usize>> = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            match self.roll(12) {
                1 => order.push(None),
                2 => order.extend([Some(index), Some(index)]),
                3 => order.insert(0, Some(index)),
                4 if field.kind.is_nullable() => {}
                _ => order.push(Some(index)),
            }
        }
        self.between(out, "{", "}", order.len(), |dice, out, at| match order[at] {
            None => {
                dice.key(out);
                dice.anything(depth, out);
            }
            Some(index) => {
                dice.spelled(fields[index].name, out);
                dice.document(&fields[index].kind, depth, out);
            }
        });
    }

    /// Any JSON, now and then with what has no text.
    pub(super) fn anything(&mut self, depth: usize, out: &mut String) {
        out.push_str(self.pick(&BLANKS));
        match self.roll(if depth == 0 { 4 } else { 6 }) {
            0 => out.push_str(self.pick(&NUMBERS)),
            1 => self.text(&TEXTS, out),
            2 => out.push_str(self.pick(&["null", "true", "false"])),
            3 => self.text(&TEXTS[..8], out),
            4 => {
                let count = self.roll(4);
                self.between(out, "[", "]", count, |dice, out, _| dice.anything(depth - 1, out));
            }
            _ => {
                let count = self.roll(4);
                self.between(out, "{", "}", count, |dice, out, _| {
                    dice.key(out);
                    dice.anything(depth - 1, out);
                });
            }
        }
        out.push_str(self.pick(&BLANKS));
    }

    fn between(
        &mut self,
        out: &mut String,
        open: &str,
        close: &str,
        count: usize,
        mut item: impl FnMut(&mut Self, &mut String, usize),
    ) {
        out.push_str(open);
        for index in 0..count {
            if index > 0 {
                out.push(',');
            }
            item(self, out, index);
        }
        out.push_str(close);
    }

    fn text(&mut self, texts: &[&str], out: &mut String) {
        let text = self.pick(texts);
        out.push('"');
        out.push_str(text);
        out.push('"');
    }

    fn key(&mut self, out: &mut String) {
        let key = self.pick(&KEYS);
        self.spelled(key, out);
    }

    /// A key, sometimes with an escape for one of its characters.
    fn spelled(&mut self, key: &str, out: &mut String) {
        out.push_str(self.pick(&BLANKS));
        let escaped = self.roll(8).checked_sub(5);
        out.push('"');
        for (index, unit) in key.chars().enumerate() {
            match unit {
                '"' => out.push_str("\\\""),
                _ if Some(index) == escaped => out.push_str(&format!("\\u{:04x}", unit as u32)),
                _ => out.push(unit),
            }
        }
        out.push('"');
        out.push_str(self.pick(&BLANKS));
        out.push(':');
    }

    /// The text with a byte changed, taken out or put in, or cut off.
    pub(super) fn mutate(&mut self, bytes: &mut Vec<u8>) {
        const SPICE: &[u8] = b"\"\\{}[],:0e-.tn \x00\x1f\xff\xc3u";
        for _ in 0..self.roll(4) {
            if bytes.is_empty() {
                return;
            }
            let at = (self.roll(256) * 256 + self.roll(256)) % bytes.len();
            let spice = SPICE[self.roll(SPICE.len())];
            match self.roll(5) {
                0 => bytes[at] = spice,
                1 => bytes.insert(at, spice),
                2 => drop(bytes.remove(at)),
                3 => bytes.truncate(at),
                _ => bytes.insert(at, bytes[at]),
            }
        }
    }
}

pub(super) fn leak(kind: Kind) -> &'static Kind {
    Box::leak(Box::new(kind))
}

/// Plans made at run time behind plain functions: a ring of slots that one thread of a test fills again and again.
mod slots {
    use super::{Kind, Plan};
    use std::cell::{Cell, RefCell};

    const SLOTS: usize = 64;
    thread_local! {
        static PLANS: RefCell<[Option<&'static Plan>; SLOTS]> = const { RefCell::new([None; SLOTS]) };
        static NEXT: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn plan(plan: Plan) -> Kind {
        let slot = NEXT.replace((NEXT.get() + 1) % SLOTS);
        PLANS.with_borrow_mut(|plans| plans[slot] = Some(Box::leak(Box::new(plan))));
        Kind::Rec(GETTERS[slot])
    }

    fn get<const SLOT: usize>() -> &'static Plan {
        PLANS.with_borrow(|plans| plans[SLOT]).expect("the slot was filled")
    }

    macro_rules! getters {
        ($($slot:literal)*) => { [$(get::<$slot>),*] };
    }

    static GETTERS: [fn() -> &'static Plan; SLOTS] = getters!(
        0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
        32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63
    );
}
