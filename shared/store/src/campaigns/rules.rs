//! A tenant's weather rules: documents like locations.

use domain::campaigns::WeatherRule;

use crate::Document;

impl Document for WeatherRule {
    const NAME: &'static str = "weather_rule";
    fn id(&self) -> String {
        self.id.to_string()
    }
}
