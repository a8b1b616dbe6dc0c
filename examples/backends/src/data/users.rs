//! People: profiles of 60 fields and about 3.6 KB, as a service that has grown for years hands them out.

use std::sync::LazyLock;

use http::StatusCode;
use serde_json::{Value, json};

use super::random::Random;
use super::words::{CITIES, COUNTRIES, FAMILY, GIVEN, LOCALES, STREETS};
use super::{USERS, day, decimal, index, moment, money};
use crate::endpoints::Reply;
use crate::request::Ask;

static ALL: LazyLock<Vec<Value>> = LazyLock::new(|| (1..=USERS).map(profile).collect());

/// One profile by its number's place, for the other modules.
pub(super) fn at(place: usize) -> &'static Value {
    ALL.get(place).unwrap_or(&Value::Null)
}

/// One profile by id.
pub(super) fn by_id(id: &str) -> Option<&'static Value> {
    index(id, "u", USERS).and_then(|at| ALL.get(at))
}

/// `GET /v1/users/{id}`.
#[must_use]
pub fn user(ask: &Ask) -> Reply {
    Reply::found(by_id(ask.id()).cloned(), "user")
}

/// `GET /v1/users?ids=`: those that exist, in the order asked for.
#[must_use]
pub fn users(ask: &Ask) -> Reply {
    Reply::ok(ask.list("ids").into_iter().filter_map(by_id).cloned().collect())
}

/// `POST /v1/users/lookup`: a read that takes its key in the body, because an address does not belong in a URL.
#[must_use]
pub fn lookup(ask: &Ask) -> Reply {
    let Some(email) = ask.body["email"].as_str() else {
        return Reply::refuse(StatusCode::BAD_REQUEST, "email must be a text");
    };
    let found = ALL.iter().find(|user| {
        user["email"]
            .as_str()
            .is_some_and(|own| own.eq_ignore_ascii_case(email))
    });
    Reply::found(found.cloned(), "user")
}

/// Makes the profile of user `number`.
fn profile(number: u64) -> Value {
    let mut random = Random::of("user", number);
    let r = &mut random;
    let (given, family) = (r.pick(GIVEN), r.pick(FAMILY));
    let mut user = identity(r, number, given, family);
    for part in [preferences(r), history(r, number), internals(r)] {
        if let (Some(user), Value::Object(part)) = (user.as_object_mut(), part) {
            user.extend(part);
        }
    }
    user
}

fn identity(r: &mut Random, number: u64, given: &str, family: &str) -> Value {
    let joined = r.signed(0, 300_000);
    let member = if number == 7 {
        Value::Null
    } else {
        format!("m{number}").into()
    };
    json!({
        "id": format!("u{number}"),
        "givenName": given,
        "familyName": family,
        "displayName": format!("{given} {family}"),
        "middleName": if r.chance(30) { Value::from(r.pick(GIVEN)) } else { Value::Null },
        "salutation": r.pick(&["Ms", "Mr", "Mx"]),
        "email": format!("user{number}@shop.example"),
        "emailVerified": r.chance(90),
        "phone": format!("+49 30 {}", r.range(1_000_000, 9_999_999)),
        "phoneVerified": r.chance(60),
        "birthDate": format!("{}-{:02}-{:02}", r.range(1950, 2005), r.range(1, 12), r.range(1, 28)),
        "avatar": { "url": format!("https://img.shop.example/u/{number}.webp"), "width": 256, "height": 256 },
        "loyaltyId": member,
        "addresses": [address(r, "home"), address(r, "work"), address(r, "parcel shop")],
        "vatId": if r.chance(20) { Value::from(format!("DE{}", r.range(100_000_000, 999_999_999))) } else { Value::Null },
        "company": if r.chance(20) { Value::from(format!("{family} GmbH")) } else { Value::Null },
        "createdAt": moment(joined),
        "updatedAt": moment(joined + r.signed(1_000, 200_000)),
        "status": r.pick(&["active", "active", "active", "dormant"]),
    })
}

fn address(r: &mut Random, label: &str) -> Value {
    json!({
        "label": label,
        "street": format!("{} {}", r.pick(STREETS), r.range(1, 140)),
        "extra": Value::Null,
        "postalCode": r.range(10_000, 99_999).to_string(),
        "city": r.pick(CITIES),
        "country": r.pick(COUNTRIES),
        "latitude": 40.0 + r.range(0, 180_000) as f64 / 10_000.0,
        "longitude": r.range(0, 180_000) as f64 / 10_000.0,
    })
}

fn preferences(r: &mut Random) -> Value {
    json!({
        "locale": r.pick(LOCALES),
        "timeZone": r.pick(&["Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Stockholm"]),
        "currency": "EUR",
        "newsletter": r.chance(40),
        "smsOptIn": r.chance(20),
        "pushOptIn": r.chance(60),
        "theme": r.pick(&["light", "dark", "system"]),
        "favouriteCategories": [r.pick(super::words::CATEGORIES), r.pick(super::words::CATEGORIES)],
        "sizes": { "shoe": r.range(36, 47), "shirt": r.pick(&["S", "M", "L", "XL"]), "bed": "140x200" },
        "contactTimes": [{ "from": "09:00", "to": "12:00" }, { "from": "18:00", "to": "20:00" }],
        "marketingSegments": (0..6).map(|_| format!("segment-{}", r.range(100, 999))).collect::<Vec<_>>(),
        "privacy": { "personalised": r.chance(70), "thirdParty": r.chance(10), "retentionDays": 730 },
    })
}

fn history(r: &mut Random, number: u64) -> Value {
    let spent = r.signed(1_000, 900_000);
    json!({
        "orderCount": r.range(1, 40),
        "returnCount": r.range(0, 6),
        "lifetimeValue": money(spent),
        "averageOrder": money(spent / 7),
        "lastOrderOn": day(r.signed(400_000, 520_000)),
        "lastSeenAt": moment(r.signed(500_000, 525_000)),
        "firstReferrer": r.pick(&["search", "friend", "newsletter", "advert"]),
        "couponsUsed": (0..3).map(|_| r.hex(8).to_uppercase()).collect::<Vec<_>>(),
        "wishlist": (0..8).map(|_| format!("p{}", r.range(1, super::PRODUCTS))).collect::<Vec<_>>(),
        "recentlyViewed": (0..12).map(|_| format!("p{}", r.range(1, super::PRODUCTS))).collect::<Vec<_>>(),
        "defaultPaymentId": format!("pm{number}-1"),
        "creditLimit": money(r.signed(10_000, 200_000)),
        "storeCredit": money(r.signed(0, 5_000)),
        "npsScore": r.range(0, 10),
        "supportTickets": r.range(0, 5),
        "bio": r.sentence(70),
    })
}

fn internals(r: &mut Random) -> Value {
    json!({
        "passwordHash": format!("$argon2id$v=19$m=65536,t=3,p=4${}${}", r.hex(22), r.hex(43)),
        "mfaEnabled": r.chance(30),
        "mfaMethods": ["totp"],
        "sessions": (0..3).map(|_| json!({ "id": r.hex(32), "agent": "Mozilla/5.0", "lastSeenAt": moment(r.signed(500_000, 525_000)) })).collect::<Vec<_>>(),
        "lastLoginIp": format!("192.0.2.{}", r.range(1, 254)),
        "failedLogins": r.range(0, 3),
        "riskScore": decimal(r.signed(0, 100)),
        "fraudFlags": [],
        "crmId": r.hex(24),
        "erpId": r.range(10_000_000, 99_999_999),
        "experiments": { "checkout": r.pick(&["a", "b"]), "home": r.pick(&["a", "b", "c"]), "search": "control" },
        "notes": r.sentence(80),
        "schemaVersion": 14,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_sixty_fields_and_about_three_and_a_half_kilobytes() {
        let user = at(0);
        assert_eq!(user.as_object().map(serde_json::Map::len), Some(60));
        let size = user.to_string().len();
        assert!((3_300..3_900).contains(&size), "{size}");
    }

    #[test]
    fn one_user_is_no_loyalty_member() {
        let without = ALL
            .iter()
            .filter(|user| user["loyaltyId"].is_null())
            .map(|user| user["id"].as_str());
        assert_eq!(without.collect::<Vec<_>>(), [Some("u7")]);
    }
}
