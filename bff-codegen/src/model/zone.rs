//! Time zones, by the names of the IANA database.

/// Whether the zone database has this name, in its own letters.
pub fn is_zone(text: &str) -> bool {
    static ZONES: std::sync::LazyLock<jiff::tz::TimeZoneDatabase> =
        std::sync::LazyLock::new(jiff::tz::TimeZoneDatabase::bundled);
    ZONES.get(text).is_ok_and(|zone| zone.iana_name() == Some(text))
}
