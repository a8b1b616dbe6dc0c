//! Writes the part of CLDR that formatting needs, as one text file: run by hand when CLDR has a new version.
//!
//! Each locale is a block: its tag, then one line per property. What a locale has in common with its parent (the tag without its last
//! subtag) is left out, and so is a locale that has everything in common with it.

use fixed_decimal::Decimal;
use icu_calendar::{Date, Gregorian};
use icu_datetime::input::{DateTime, Time};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::{CurrencyType, formatter::CurrencyFormatter};
use icu_locale_core::Locale;
use std::collections::BTreeMap;
use writeable::TryWriteable;

const LOCALES: &str = "af af-NA am ar ar-AE ar-EG ar-MA ar-SA az be bg bn bn-IN bs ca cs cy da de de-AT de-CH de-LI el en en-AU en-BE en-CA en-GB en-HK en-IE en-IN en-NZ en-SG en-ZA es es-AR es-CL es-CO es-MX es-PE es-US et eu fa fi fil fr fr-BE fr-CA fr-CH fr-LU ga gl gu he hi hr hu hy id is it it-CH ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nl-BE nn no pa pl pt pt-PT ro ru ru-UA si sk sl sq sr sr-Latn sv sv-FI sw ta te th tr uk ur uz vi zh zh-HK zh-Hant zh-Hant-HK zh-TW zu";
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

fn main() {
    let mut known: BTreeMap<String, BTreeMap<&'static str, String>> = BTreeMap::new();
    for tag in LOCALES.split(' ') {
        let properties = properties(tag);
        let parent = tag.rsplit_once('-').map(|(parent, _)| parent.to_owned());
        let of_parent = |name: &str| -> Option<String> {
            let mut at = parent.clone();
            while let Some(tag) = at {
                if let Some(value) = known.get(&tag).and_then(|it| it.get(name)) {
                    return Some(value.clone());
                }
                at = tag.rsplit_once('-').map(|(parent, _)| parent.to_owned());
            }
            None
        };
        let own: BTreeMap<&'static str, String> =
            properties.into_iter().filter(|(name, value)| of_parent(name).as_ref() != Some(value)).collect();
        known.insert(tag.to_owned(), own);
    }
    for (tag, own) in known {
        println!("[{tag}]");
        for (name, value) in own {
            println!("{name}={value}");
        }
    }
}

fn properties(tag: &str) -> BTreeMap<&'static str, String> {
    let locale: Locale = tag.parse().unwrap();
    let mut all = BTreeMap::new();
    for name in ["MMM", "MMMM", "MMMMM", "LLL", "LLLL", "LLLLL"] {
        let of = |month: u8| text(&locale, name, Date::try_new_gregorian(2023, month, 1).unwrap(), 0);
        all.insert(name, (1..=12).map(of).collect::<Vec<_>>().join("|"));
    }
    for name in ["EEE", "EEEE", "EEEEE", "EEEEEE", "ccc", "cccc", "ccccc", "cccccc"] {
        // 2 January 2023 is a Monday.
        let of = |day: u8| text(&locale, name, Date::try_new_gregorian(2023, 1, 1 + day).unwrap(), 0);
        all.insert(name, (1..=7).map(of).collect::<Vec<_>>().join("|"));
    }
    for name in ["a", "aaaa", "aaaaa"] {
        let of = |hour: u8| text(&locale, name, Date::try_new_gregorian(2023, 1, 1).unwrap(), hour);
        all.insert(name, [9, 15].map(of).join("|"));
    }
    for name in ["G", "GGGG", "GGGGG"] {
        let of = |year: i32| text(&locale, name, Date::try_new_gregorian(year, 1, 1).unwrap(), 0);
        all.insert(name, [-5, 2023].map(of).join("|"));
    }
    money(&locale, &mut all);
    all
}

fn text(locale: &Locale, pattern: &str, date: Date<Gregorian>, hour: u8) -> String {
    let pattern = DateTimePattern::try_from_pattern_str(pattern).unwrap();
    let mut names: FixedCalendarDateTimeNames<Gregorian> = FixedCalendarDateTimeNames::try_new(locale.into()).unwrap();
    let formatter = names.include_for_pattern(&pattern).unwrap();
    let time = Time::try_new(hour, 0, 0, 0).unwrap();
    formatter.format(&DateTime { date, time }).try_write_to_string().map_or_else(|(_, text)| text.into_owned(), |text| text.into_owned())
}

fn amount(locale: &Locale, code: &str, value: &str) -> String {
    let currency: CurrencyType = code.parse().unwrap_or_else(|_| panic!("{code}"));
    let formatter = CurrencyFormatter::<DecimalFormatter>::try_new_symbol(locale.into(), currency, Default::default()).unwrap();
    formatter.format_fixed_decimal(&value.parse::<Decimal>().unwrap()).to_string()
}

/// What stands before, as and behind the number.
fn parts(text: &str) -> (String, String, String) {
    let first = text.find(char::is_numeric).unwrap();
    let last = text.char_indices().filter(|(_, c)| c.is_numeric()).last().map(|(at, c)| at + c.len_utf8()).unwrap();
    (text[..first].to_owned(), text[first..last].to_owned(), text[last..].to_owned())
}

fn money(locale: &Locale, all: &mut BTreeMap<&'static str, String>) {
    let (_, number, _) = parts(&amount(locale, "EUR", "1234567.50"));
    let zero = number.chars().find(|c| c.is_numeric()).map(|c| char::from_u32(c as u32 - 1).unwrap()).unwrap();
    let marks: Vec<String> = number.split(char::is_numeric).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let groups: Vec<usize> = number
        .split(|c: char| !c.is_numeric())
        .filter(|it| !it.is_empty())
        .map(|it| it.chars().count())
        .collect();
    let (decimal, group) = (marks.last().unwrap().clone(), marks[0].clone());
    let (primary, secondary) = (groups[groups.len() - 2], groups[groups.len() - 3]);
    let (_, short, _) = parts(&amount(locale, "EUR", "1234.50"));
    let least = if short.split(|c: char| !c.is_numeric()).filter(|it| !it.is_empty()).count() == 3 { 1 } else { 2 };
    all.insert("number", format!("{zero}|{decimal}|{group}|{primary}|{secondary}|{least}"));
    let symbol = |code: &str| {
        let (before, _, behind) = parts(&amount(locale, code, "1.00"));
        let edge = |c: char| c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{a0}' | '\u{202f}');
        let (before, behind) = (before.trim_matches(edge).to_owned(), behind.trim_matches(edge).to_owned());
        if before.is_empty() { behind } else { before }
    };
    let symbols: Vec<(String, String)> =
        CURRENCIES.split(' ').map(|code| (code.to_owned(), symbol(code))).filter(|(code, symbol)| code != symbol).collect();
    let pattern = |code: &str, value: &str| {
        let (before, _, behind) = parts(&amount(locale, code, value));
        format!("{before}#{behind}").replace(&symbol(code), "¤")
    };
    // The euro for symbols; a code that no locale has a symbol for, for letters.
    let of = |code: &str| format!("{}|{}", pattern(code, "1.00"), pattern(code, "-1.00"));
    let sign = CURRENCIES.split(' ').find(|code| symbol(code).chars().all(|c| !c.is_alphanumeric() && c != '.')).unwrap_or("EUR");
    all.insert("money", format!("{}|{}", of(sign), of("SZL")));
    let symbols: Vec<String> = symbols.into_iter().map(|(code, symbol)| format!("{code} {symbol}")).collect();
    all.insert("symbols", symbols.join("|"));
}
