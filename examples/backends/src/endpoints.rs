//! The table of everything that is served: which service, which operation, at which path, answered by which function.

use http::StatusCode;
use serde_json::{Value, json};

use crate::data::{
    accounts, catalog, checkout, loyalty, orders, payments, quotes, recommender, reviews, sales, shipping, users,
};
use crate::request::Ask;

/// One service of the shop. The order is the order of the ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// People: profiles of 60 fields.
    Users,
    /// Orders, sales reports, carts and quotes.
    Orders,
    /// Products of 40 fields, search and categories.
    Catalog,
    /// What a shopper may like.
    Recommender,
    /// Payouts to sellers, payments of orders.
    Payments,
    /// Ratings and reviews of products.
    Reviews,
    /// Points and tiers of members.
    Loyalty,
    /// Where a parcel is.
    Shipping,
    /// Seller organisations and partners.
    Accounts,
}

impl Service {
    /// Every service, in the order of the ports.
    pub const ALL: [Service; 9] = [
        Service::Users,
        Service::Orders,
        Service::Catalog,
        Service::Recommender,
        Service::Payments,
        Service::Reviews,
        Service::Loyalty,
        Service::Shipping,
        Service::Accounts,
    ];

    /// The name in lower case, as `x-fault` takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Service::Users => "users",
            Service::Orders => "orders",
            Service::Catalog => "catalog",
            Service::Recommender => "recommender",
            Service::Payments => "payments",
            Service::Reviews => "reviews",
            Service::Loyalty => "loyalty",
            Service::Shipping => "shipping",
            Service::Accounts => "accounts",
        }
    }

    /// The distance of its port from the first one.
    #[must_use]
    pub fn offset(self) -> u16 {
        self as u16
    }

    /// The environment variable that the example BFFs read its address from, such as `USERS_URL`.
    #[must_use]
    pub fn env(self) -> String {
        format!("{}_URL", self.name().to_uppercase())
    }
}

/// An answer before faults are applied to it.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
}

impl Reply {
    /// 200 with a body.
    #[must_use]
    pub fn ok(body: Value) -> Reply {
        Reply {
            status: StatusCode::OK,
            body,
        }
    }

    /// 200 with what was found, or 404.
    #[must_use]
    pub fn found(body: Option<Value>, what: &str) -> Reply {
        body.map_or_else(
            || Reply::refuse(StatusCode::NOT_FOUND, &format!("no such {what}")),
            Reply::ok,
        )
    }

    /// An error document.
    #[must_use]
    pub fn refuse(status: StatusCode, detail: &str) -> Reply {
        let title = status.canonical_reason().unwrap_or("error");
        Reply {
            status,
            body: json!({ "status": status.as_u16(), "title": title, "detail": detail }),
        }
    }
}

/// One operation of one service.
#[derive(Debug)]
pub struct Endpoint {
    /// Who serves it.
    pub service: Service,
    /// The operation's name, the same as in `examples/shared/shop.bff`.
    pub op: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Query parameters or body fields, and what they default to.
    pub takes: &'static str,
    /// Makes the answer.
    pub answer: fn(&Ask) -> Reply,
}

macro_rules! endpoints {
    ($($service:ident $op:ident = $method:ident $path:literal ($takes:literal) => $answer:path;)*) => {
        /// Everything that is served.
        pub static ENDPOINTS: &[Endpoint] = &[$(Endpoint {
            service: Service::$service,
            op: stringify!($op),
            method: stringify!($method),
            path: $path,
            takes: $takes,
            answer: $answer,
        }),*];
    };
}

endpoints! {
    Users user            = GET "/v1/users/{id}" ("") => users::user;
    Users users           = GET "/v1/users" ("ids") => users::users;
    Users lookup          = POST "/v1/users/lookup" ("email") => users::lookup;

    Orders order          = GET "/v1/orders/{id}" ("") => orders::order;
    Orders list           = GET "/v1/orders" ("customer, seller, partner, status, cursor, limit=20 (at most 100)") => orders::list;
    Orders events         = GET "/v1/orders/{id}/events" ("") => orders::events;
    Orders cart           = GET "/v1/carts/{customer}" ("") => orders::cart;
    Orders salesReport    = GET "/v1/sales" ("org, from, to, limit=50 (at most 200)") => sales::report;
    Orders quote          = POST "/v1/quotes" ("lines: [{ sku, qty }], country=DE, coupon") => quotes::quote;
    Orders place          = POST "/v1/orders" ("cart, customer, payment, note") => checkout::place;

    Catalog product       = GET "/v2/products/{id}" ("") => catalog::product;
    Catalog products      = GET "/v2/products" ("id (repeated or separated by commas)") => catalog::products;
    Catalog search        = GET "/v2/search" ("q, category, maxPrice, inStock, sort=relevance, page, limit=20 (at most 100)") => catalog::search;
    Catalog categories    = GET "/v2/categories" ("") => catalog::categories;

    Recommender forUser   = GET "/v1/users/{id}/recommendations" ("limit=10 (at most 50)") => recommender::for_user;
    Recommender popular   = GET "/v1/popular" ("limit=10 (at most 50)") => recommender::popular;
    Recommender similar   = GET "/v1/products/{id}/similar" ("limit=10 (at most 50)") => recommender::similar;

    Payments payouts      = GET "/v1/payouts" ("org, limit=10 (at most 50)") => payments::payouts;
    Payments methods      = GET "/v1/customers/{id}/methods" ("") => payments::methods;
    Payments payment      = GET "/v1/payments/{id}" ("") => payments::payment;
    Payments charge       = POST "/v1/charges" ("amount: { amount, currency }, token") => checkout::charge;
    Payments charged      = GET "/v1/charges/{id}" ("") => checkout::charged;
    Payments refund       = POST "/v1/charges/{id}/refunds" ("") => checkout::refund;

    Reviews summary       = GET "/v1/products/{id}/summary" ("") => reviews::summary;
    Reviews reviews       = GET "/v1/products/{id}/reviews" ("cursor, limit=10 (at most 50)") => reviews::list;
    Reviews ratings       = GET "/v1/ratings" ("productIds (repeated or separated by commas)") => reviews::ratings;

    Loyalty member        = GET "/v1/members/{id}" ("") => loyalty::member;

    Shipping shipment     = GET "/v1/orders/{id}/shipment" ("") => shipping::shipment;

    Accounts org          = GET "/v1/orgs/{id}" ("") => accounts::org;
    Accounts partner      = GET "/v1/partners/{id}" ("") => accounts::partner;
}
