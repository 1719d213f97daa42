//! Forty towns in which the generated businesses are: thirty of the United States and ten elsewhere.

/// A town.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub(super) city: &'static str,
    /// By its two letters, as addresses have it; empty outside the United States.
    pub(super) in_state: &'static str,
    /// By its whole name, as geocoders have it.
    pub(super) state: &'static str,
    pub(super) code: &'static str,
    /// ISO 3166.
    pub(super) country: &'static str,
    /// IANA zone.
    pub(super) zone: &'static str,
    pub(super) lat: f64,
    pub(super) lon: f64,
}

macro_rules! towns {
    ($($city:literal, $in_state:literal, $state:literal, $code:literal, $country:literal, $zone:literal, $lat:literal, $lon:literal;)*) => {
        /// The towns.
        pub(super) const TOWNS: [Town; 40] = [$(Town {
            city: $city, in_state: $in_state, state: $state, code: $code, country: $country, zone: $zone, lat: $lat, lon: $lon,
        }),*];
    };
}

towns! {
    "Denver", "CO", "Colorado", "80202", "US", "America/Denver", 39.7392, -104.9903;
    "Boise", "ID", "Idaho", "83702", "US", "America/Boise", 43.6150, -116.2023;
    "Salt Lake City", "UT", "Utah", "84101", "US", "America/Denver", 40.7608, -111.8910;
    "Albuquerque", "NM", "New Mexico", "87102", "US", "America/Denver", 35.0844, -106.6504;
    "Phoenix", "AZ", "Arizona", "85004", "US", "America/Phoenix", 33.4484, -112.0740;
    "Seattle", "WA", "Washington", "98101", "US", "America/Los_Angeles", 47.6062, -122.3321;
    "Portland", "OR", "Oregon", "97204", "US", "America/Los_Angeles", 45.5152, -122.6784;
    "Sacramento", "CA", "California", "95814", "US", "America/Los_Angeles", 38.5816, -121.4944;
    "San Diego", "CA", "California", "92101", "US", "America/Los_Angeles", 32.7157, -117.1611;
    "Reno", "NV", "Nevada", "89501", "US", "America/Los_Angeles", 39.5296, -119.8138;
    "Honolulu", "HI", "Hawaii", "96813", "US", "Pacific/Honolulu", 21.3069, -157.8583;
    "Anchorage", "AK", "Alaska", "99501", "US", "America/Anchorage", 61.2181, -149.9003;
    "Chicago", "IL", "Illinois", "60601", "US", "America/Chicago", 41.8781, -87.6298;
    "Minneapolis", "MN", "Minnesota", "55401", "US", "America/Chicago", 44.9778, -93.2650;
    "Milwaukee", "WI", "Wisconsin", "53202", "US", "America/Chicago", 43.0389, -87.9065;
    "Kansas City", "MO", "Missouri", "64106", "US", "America/Chicago", 39.0997, -94.5786;
    "Omaha", "NE", "Nebraska", "68102", "US", "America/Chicago", 41.2565, -95.9345;
    "Dallas", "TX", "Texas", "75201", "US", "America/Chicago", 32.7767, -96.7970;
    "San Antonio", "TX", "Texas", "78205", "US", "America/Chicago", 29.4241, -98.4936;
    "Oklahoma City", "OK", "Oklahoma", "73102", "US", "America/Chicago", 35.4676, -97.5164;
    "Nashville", "TN", "Tennessee", "37203", "US", "America/Chicago", 36.1627, -86.7816;
    "Atlanta", "GA", "Georgia", "30303", "US", "America/New_York", 33.7490, -84.3880;
    "Charlotte", "NC", "North Carolina", "28202", "US", "America/New_York", 35.2271, -80.8431;
    "Tampa", "FL", "Florida", "33602", "US", "America/New_York", 27.9506, -82.4572;
    "Columbus", "OH", "Ohio", "43215", "US", "America/New_York", 39.9612, -82.9988;
    "Detroit", "MI", "Michigan", "48226", "US", "America/Detroit", 42.3314, -83.0458;
    "Pittsburgh", "PA", "Pennsylvania", "15222", "US", "America/New_York", 40.4406, -79.9959;
    "Boston", "MA", "Massachusetts", "02108", "US", "America/New_York", 42.3601, -71.0589;
    "Albany", "NY", "New York", "12207", "US", "America/New_York", 42.6526, -73.7562;
    "Portland", "ME", "Maine", "04101", "US", "America/New_York", 43.6591, -70.2568;
    "Berlin", "", "", "10115", "DE", "Europe/Berlin", 52.5200, 13.4050;
    "Lyon", "", "", "69001", "FR", "Europe/Paris", 45.7640, 4.8357;
    "Sevilla", "", "", "41001", "ES", "Europe/Madrid", 37.3891, -5.9845;
    "Porto", "", "", "4000-001", "PT", "Europe/Lisbon", 41.1579, -8.6291;
    "Leeds", "", "", "LS1 1AA", "GB", "Europe/London", 53.8008, -1.5491;
    "Toronto", "", "", "M5H 2N2", "CA", "America/Toronto", 43.6532, -79.3832;
    "Monterrey", "", "", "64000", "MX", "America/Monterrey", 25.6866, -100.3161;
    "Curitiba", "", "", "80010-000", "BR", "America/Sao_Paulo", -25.4284, -49.2733;
    "Brisbane", "", "", "4000", "AU", "Australia/Brisbane", -27.4698, 153.0251;
    "Auckland", "", "", "1010", "NZ", "Pacific/Auckland", -36.8485, 174.7633;
}

impl Town {
    /// The language of its businesses: one of those that the product speaks.
    pub(super) fn language(self) -> &'static str {
        match self.country {
            "DE" => "de",
            "FR" => "fr",
            "ES" | "MX" => "es",
            "PT" | "BR" => "pt",
            _ => "en",
        }
    }

    /// ISO 4217.
    pub(super) fn currency(self) -> &'static str {
        match self.country {
            "DE" | "FR" | "ES" | "PT" => "EUR",
            "GB" => "GBP",
            "CA" => "CAD",
            "MX" => "MXN",
            "BR" => "BRL",
            "AU" => "AUD",
            "NZ" => "NZD",
            _ => "USD",
        }
    }

    /// An address in one line, with this number of a house.
    pub(super) fn address(self, house: usize) -> String {
        let Self { city, in_state, code, country, .. } = self;
        match country {
            "US" => format!("{house} Example Street, {city}, {in_state} {code}"),
            "GB" | "CA" | "AU" | "NZ" => format!("{house} Example Street, {city} {code}"),
            _ => format!("Example {house}, {code} {city}"),
        }
    }
}
