// Generated from text.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// text.bff:2  client text
pub static SERVICE: Service = Service {
    name: "text",
    at: At("text.bff", 2),
    mount: "/text",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders {
        forward: &[],
        send: None,
        set: Some(set_headers),
        remove: &[],
    },
    versions: None,
    upstreams: &[&shop::UPSTREAM],
    routes: &[&orders_id::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// text.bff:2  locales
pub static LOCALES: &[text::Locale] = &[
    text::Locale {
        tag: "en",
        names: &[
            (
                "MMM",
                &[
                    "Jan",
                    "Feb",
                    "Mar",
                    "Apr",
                    "May",
                    "Jun",
                    "Jul",
                    "Aug",
                    "Sep",
                    "Oct",
                    "Nov",
                    "Dec",
                ],
            ),
            (
                "MMMM",
                &[
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December",
                ],
            ),
            ("MMMMM", &["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"]),
            (
                "LLL",
                &[
                    "Jan",
                    "Feb",
                    "Mar",
                    "Apr",
                    "May",
                    "Jun",
                    "Jul",
                    "Aug",
                    "Sep",
                    "Oct",
                    "Nov",
                    "Dec",
                ],
            ),
            (
                "LLLL",
                &[
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December",
                ],
            ),
            ("LLLLL", &["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"]),
            ("EEE", &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
            (
                "EEEE",
                &[
                    "Monday",
                    "Tuesday",
                    "Wednesday",
                    "Thursday",
                    "Friday",
                    "Saturday",
                    "Sunday",
                ],
            ),
            ("EEEEE", &["M", "T", "W", "T", "F", "S", "S"]),
            ("EEEEEE", &["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]),
            ("ccc", &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
            (
                "cccc",
                &[
                    "Monday",
                    "Tuesday",
                    "Wednesday",
                    "Thursday",
                    "Friday",
                    "Saturday",
                    "Sunday",
                ],
            ),
            ("ccccc", &["M", "T", "W", "T", "F", "S", "S"]),
            ("cccccc", &["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]),
            ("a", &["AM", "PM"]),
            ("aaaa", &["AM", "PM"]),
            ("aaaaa", &["a", "p"]),
            ("G", &["BC", "AD"]),
            ("GGGG", &["Before Christ", "Anno Domini"]),
            ("GGGGG", &["B", "A"]),
        ],
        number: text::Marks {
            zero: '0',
            decimal: ".",
            group: ",",
            sizes: (3, 3),
            least: 1,
        },
        money: ["¤#", "-¤#", "¤\u{a0}#", "-¤\u{a0}#"],
        symbols: &[
            ("AUD", "A$"),
            ("BRL", "R$"),
            ("CAD", "CA$"),
            ("CNY", "CN¥"),
            ("EUR", "€"),
            ("GBP", "£"),
            ("HKD", "HK$"),
            ("ILS", "₪"),
            ("INR", "₹"),
            ("JPY", "¥"),
            ("KRW", "₩"),
            ("MXN", "MX$"),
            ("NZD", "NZ$"),
            ("PHP", "₱"),
            ("TWD", "NT$"),
            ("USD", "$"),
            ("VND", "₫"),
            ("XAF", "FCFA"),
            ("XCD", "EC$"),
            ("XOF", "F\u{202f}CFA"),
            ("XPF", "CFPF"),
        ],
    },
    text::Locale {
        tag: "de-AT",
        names: &[
            (
                "MMM",
                &[
                    "Jän.",
                    "Feb.",
                    "März",
                    "Apr.",
                    "Mai",
                    "Juni",
                    "Juli",
                    "Aug.",
                    "Sep.",
                    "Okt.",
                    "Nov.",
                    "Dez.",
                ],
            ),
            (
                "MMMM",
                &[
                    "Jänner",
                    "Februar",
                    "März",
                    "April",
                    "Mai",
                    "Juni",
                    "Juli",
                    "August",
                    "September",
                    "Oktober",
                    "November",
                    "Dezember",
                ],
            ),
            ("MMMMM", &["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"]),
            (
                "LLL",
                &[
                    "Jän",
                    "Feb",
                    "Mär",
                    "Apr",
                    "Mai",
                    "Jun",
                    "Jul",
                    "Aug",
                    "Sep",
                    "Okt",
                    "Nov",
                    "Dez",
                ],
            ),
            (
                "LLLL",
                &[
                    "Jänner",
                    "Februar",
                    "März",
                    "April",
                    "Mai",
                    "Juni",
                    "Juli",
                    "August",
                    "September",
                    "Oktober",
                    "November",
                    "Dezember",
                ],
            ),
            ("LLLLL", &["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"]),
            ("EEE", &["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."]),
            (
                "EEEE",
                &[
                    "Montag",
                    "Dienstag",
                    "Mittwoch",
                    "Donnerstag",
                    "Freitag",
                    "Samstag",
                    "Sonntag",
                ],
            ),
            ("EEEEE", &["M", "D", "M", "D", "F", "S", "S"]),
            ("EEEEEE", &["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."]),
            ("ccc", &["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]),
            (
                "cccc",
                &[
                    "Montag",
                    "Dienstag",
                    "Mittwoch",
                    "Donnerstag",
                    "Freitag",
                    "Samstag",
                    "Sonntag",
                ],
            ),
            ("ccccc", &["M", "D", "M", "D", "F", "S", "S"]),
            ("cccccc", &["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."]),
            ("a", &["AM", "PM"]),
            ("aaaa", &["AM", "PM"]),
            ("aaaaa", &["AM", "PM"]),
            ("G", &["v. Chr.", "n. Chr."]),
            ("GGGG", &["v. Chr.", "n. Chr."]),
            ("GGGGG", &["v. Chr.", "n. Chr."]),
        ],
        number: text::Marks {
            zero: '0',
            decimal: ",",
            group: "\u{a0}",
            sizes: (3, 3),
            least: 1,
        },
        money: ["¤\u{a0}#", "-¤\u{a0}#", "¤\u{a0}#", "-¤\u{a0}#"],
        symbols: &[
            ("AUD", "AU$"),
            ("BRL", "R$"),
            ("CAD", "CA$"),
            ("CNY", "CN¥"),
            ("EUR", "€"),
            ("GBP", "£"),
            ("HKD", "HK$"),
            ("ILS", "₪"),
            ("INR", "₹"),
            ("JPY", "¥"),
            ("KRW", "₩"),
            ("MXN", "MX$"),
            ("NZD", "NZ$"),
            ("PHP", "₱"),
            ("THB", "฿"),
            ("TWD", "NT$"),
            ("USD", "$"),
            ("VND", "₫"),
            ("XAF", "FCFA"),
            ("XCD", "EC$"),
            ("XOF", "F\u{202f}CFA"),
            ("XPF", "CFPF"),
        ],
    },
];

// text.bff:2  set headers
fn set_headers(h: &mut HeaderOut<'_>, request: RequestView<'_>) -> Eval {
    h.set("content-language", Str::from(request.locale_of(LOCALES)))?;
    Ok(())
}

// text.bff:7  enum Currency
wire_enum! {
    pub Currency {
        Eur = "EUR",
        Usd = "USD",
    }
}

// text.bff:10  upstream shop
mod shop {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "shop",
        at: At("text.bff", 10),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // text.bff:10  op order
    pub static ORDER: Op = Op {
        name: "shop.order",
        at: At("text.bff", 10),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/orders/{id}",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op order(id: ID, hash: String) = GET /orders/{id}`
    pub fn order(q: &mut Request, id: Str<'_>, hash: Str<'_>) {
        q.path("/orders/").segment(id);
        q.query("hash", hash);
    }
}

// text.bff:14  route GET /orders/{id}
pub mod orders_id {
    use super::*;
    include!("text/orders_id.rs");
}
