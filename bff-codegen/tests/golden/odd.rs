// Generated from odd.bff by bff-codegen. Edits are lost.
use bff_core::prelude::*;

// odd.bff:2  client odd
pub static SERVICE: Service = Service {
    name: "odd",
    at: At("odd.bff", 2),
    mount: "/odd",
    listen: Setting::Value("127.0.0.1:8080"),
    deadline: Setting::Value(Duration::from_millis(5000)),
    errors: ErrorFormat::Problem,
    decimals_as_numbers: false,
    headers: ClientHeaders::NONE,
    versions: None,
    upstreams: &[&api::UPSTREAM],
    routes: &[&a::ROUTE],
};
/// The routes of the client: an ordinary router to serve, nest, merge and layer.
pub fn router(gateway: Gateway) -> Router {
    gateway.router(&SERVICE)
}

// odd.bff:2  locales
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
];

// odd.bff:8  enum Kind
wire_enum! {
    pub KindRecord {
        A = "a",
        B = "b",
    }
}
record! {
    /// What is read of `Line`.
    pub Line<'a> {
        sku: Id<'a> = "sku",
        qty: Raw<'a, i64> = "qty",
        note: Option<Str<'a>> = "note",
    }
}

// odd.bff:10  upstream api
mod api {
    use super::*;
    pub static UPSTREAM: Upstream = Upstream {
        index: 0,
        name: "api",
        at: At("odd.bff", 10),
        base: Setting::Value("http://127.0.0.1:9103"),
        timeout: Setting::Value(Duration::from_millis(1000)),
        forward: &[],
        send: None,
    };

    // odd.bff:12  op rows
    pub static ROWS: Op = Op {
        name: "api.rows",
        at: At("odd.bff", 12),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/rows",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op rows(ids: [ID], ns: [Int]) = GET /rows`
    pub fn rows(q: &mut Request, ids: &[Str<'_>], ns: &[i64]) {
        q.path("/rows");
        q.query_each("ids", ids.iter().cloned());
        q.query_each("ns", ns.iter().cloned());
    }

    // odd.bff:13  op maybe
    pub static MAYBE: Op = Op {
        name: "api.maybe",
        at: At("odd.bff", 13),
        upstream: &UPSTREAM,
        method: Method::GET,
        path: "/maybe",
        safe: true,
        reads_body: true,
        nullable: true,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op maybe(kind: Kind?) = GET /maybe`
    pub fn maybe(q: &mut Request, kind: Option<KindRecord>) {
        q.path("/maybe");
        q.query_opt("kind", kind);
    }

    // odd.bff:14  op post
    pub static POST: Op = Op {
        name: "api.post",
        at: At("odd.bff", 14),
        upstream: &UPSTREAM,
        method: Method::POST,
        path: "/sum",
        safe: true,
        reads_body: true,
        nullable: false,
        stream: None,
        rule: None,
        timeout: None,
        forward: &[],
    };
    /// `op post(rows: [Line], total: Decimal) = POST /sum`
    pub fn post(q: &mut Request, rows_value: &[Line<'_>], total: Decimal) {
        q.path("/sum");
        q.body(|o| {
            o.object();
            o.key("rows");
            o.array();
            for it in rows_value.iter().copied() {
                send_line(o, it);
            }
            o.end_array();
            o.put("total", total);
            o.end_object();
        });
    }
}

// odd.bff:22  route GET /a
pub mod a {
    use super::*;
    include!("odd/a.rs");
}
pub fn send_line(o: &mut Out, it: Line<'_>) {
    o.object();
    o.put("sku", it.sku());
    o.put("qty", it.qty());
    o.put("note", it.note());
    o.end_object();
}
