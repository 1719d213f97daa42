//! What to paste into each vendor's console, step by step.

use domain::tenancy::Tenant;
use std::path::Path;

use crate::secrets::Secrets;

/// What carriers of the United States demand of a business before its first text.
const US_REGISTRATION: &str = "Twilio, registration (before the first text to the United States; takes days to weeks)\n\
    \x20 1. Messaging > Regulatory compliance > A2P 10DLC: a brand (legal name, EIN, address), then a campaign\n\
    \x20    (customer care; how people agree; two sample texts)\n\
    \x20 2. Put the number into the campaign's Messaging service\n\
    \x20    Until it is approved, carriers refuse its texts: error 30034. A toll-free number takes toll-free\n\
    \x20    verification instead: error 30032.";
/// Makes Twilio repeat a delivery that was answered with a 5xx, late or not at all: by itself it repeats only what could not be
/// connected, once. Two more tries fit into the 15 s that Twilio gives all of them. It is no part of what Twilio requests or signs.
/// Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
const REPEAT: &str = "#rc=2&rp=5xx,ct,rt";

/// What Meta is to tell: what customers write, with what becomes of our messages; and who stops or resumes advertising.
const META_FIELDS: [&str; 2] = ["messages", "user_preferences"];

/// The steps, in the order in which they make sense. `base` is where the API is, without a path. Names secrets by their
/// place in the file; shows the public keys alone.
#[must_use]
pub fn steps(tenant: &Tenant, secrets: &Secrets, secrets_file: &Path, base: &str) -> String {
    let base = base.trim_end_matches('/');
    let file = secrets_file.display();
    let mut parts = Vec::new();
    if let Some(whatsapp) = &tenant.channels.whatsapp {
        parts.push(format!(
            "WhatsApp (developers.facebook.com, your app)\n\
             \x20 1. WhatsApp > Configuration > Webhook > Edit\n\
             \x20    Callback URL  {base}/webhooks/whatsapp\n\
             \x20    Verify token  whatsapp.verify_token in {file}\n\
             \x20 2. Webhook fields: subscribe to {}\n\
             \x20 3. Settings > Basic > App secret: into whatsapp.app_secret\n\
             \x20 4. Business settings > System users > a token that never expires, with whatsapp_business_messaging, for\n\
             \x20    the number {}: into whatsapp.access_token",
            META_FIELDS.map(|field| format!("\"{field}\"")).join(" and "),
            whatsapp.phone_number_id
        ));
    }
    if let Some(sms) = &tenant.channels.sms {
        parts.push(format!(
            "Twilio, messages (console.twilio.com, Phone Numbers > {number} > Configure)\n\
             \x20 1. Messaging > A message comes in: Webhook, HTTP POST; all of it, what follows the # too\n\
             \x20    {base}/webhooks/sms{REPEAT}\n\
             \x20 2. Messaging > Primary handler fails: Webhook, HTTP POST, the same again\n\
             \x20    {base}/webhooks/sms{REPEAT}\n\
             \x20 3. Account > API keys: Auth token into sms.auth_token; a new key as SID:secret into sms.api_key",
            number = sms.from.as_str()
        ));
        if sms.from.as_str().starts_with("+1") {
            parts.push(US_REGISTRATION.to_owned());
        }
        parts.push(format!(
            "Twilio, calls (the same page)\n\
             \x20 1. Voice > Call status changes: HTTP POST\n\
             \x20    {base}/webhooks/missed-call{REPEAT}\n\
             \x20    Whoever rings and is not answered gets a text."
        ));
    }
    parts.push(format!(
        "Other telephone systems\n\
         \x20 POST {base}/webhooks/missed-call\n\
         \x20 {{\"call_key\": call_key in {file}, \"caller\": \"+1…\", \"call_id\": \"…\"}}"
    ));
    parts.push(format!(
        "Form on the site\n\
         \x20 <script src=\"{base}/form.js\" defer></script>\n\
         \x20 <form data-porchlight-form method=\"post\" action=\"{base}/webhooks/web-form\">\n\
         \x20   <input type=\"hidden\" name=\"form_key\" value=\"{key}\">\n\
         \x20   <input name=\"name\"> <input name=\"email\" type=\"email\"> <input name=\"phone\" type=\"tel\">\n\
         \x20   <textarea name=\"message\" required></textarea>\n\
         \x20   <label><input type=\"checkbox\" name=\"consent\"> You may answer me by text message</label>\n\
         \x20   <input type=\"hidden\" name=\"consent_text\" value=\"You may answer me by text message\">\n\
         \x20   <input name=\"website_url\" hidden tabindex=\"-1\" autocomplete=\"off\">\n\
         \x20   <button>Send</button>\n\
         \x20 </form>",
        key = secrets.form_key
    ));
    if tenant.channels.chat {
        parts.push(format!(
            "Chat on the site (docs/widget.md has its attributes)\n\
             \x20 <script src=\"{base}/widget.js\" data-key=\"{key}\" data-title=\"{name}\" defer></script>",
            name = attribute(&tenant.name),
            key = secrets.widget_key
        ));
    }
    if !secrets.whatsapp.app_secret.is_empty() || !secrets.sms.auth_token.is_empty() {
        return parts.join("\n\n");
    }
    parts.push(format!("Then put the vendors' secrets into {file} and do the same again."));
    parts.join("\n\n")
}

/// A text as the value of an attribute in double quotes.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::path::PathBuf;

    fn printed_for(number: &str) -> String {
        let tenant = serde_json::from_value(json!({
            "id": "acme", "name": "Acme", "industry": "roofing", "currency": "USD", "zone": "America/Denver", "region": "US",
            "language": "en", "business": {}, "hours": {}, "services": [], "notify": [],
            "channels": { "sms": { "account_sid": "AC00000000000000000000000000000003", "from": number } },
        }));
        steps(&tenant.unwrap(), &Secrets::default(), Path::new("acme.secrets.toml"), "https://api.example.com")
    }

    #[test]
    fn numbers_of_the_united_states_come_with_their_registration() {
        let printed = printed_for("+13035550144");
        assert!(printed.contains("A2P 10DLC") && printed.contains("30034"), "{printed}");
        assert!(!printed_for("+447700900125").contains("A2P"));
    }

    #[test]
    fn the_chat_is_one_line_of_html_whatever_the_business_is_called() {
        let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo/summit-roofing.toml");
        let mut tenant = crate::onboard::read(&demo).unwrap().tenant;
        tenant.name = "Bob & \"Sons\"".to_owned();
        let said = steps(&tenant, &Secrets::default(), &demo, "https://hooks.example.com/");
        assert!(said.contains("<script src=\"https://hooks.example.com/widget.js\" data-key=\"\" data-title=\"Bob &amp; &quot;Sons&quot;\" defer>"), "{said}");
    }

    #[test]
    fn meta_is_asked_for_every_field_that_is_read() {
        let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo/alamo-dental.toml");
        let tenant = crate::onboard::read(&demo).unwrap().tenant;
        let said = steps(&tenant, &Secrets::default(), &demo, "https://hooks.example.com");
        assert!(said.contains("subscribe to \"messages\" and \"user_preferences\""), "{said}");
    }

    #[test]
    fn twilio_is_told_to_repeat_what_failed_or_came_late() {
        let demo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo/summit-roofing.toml");
        let tenant = crate::onboard::read(&demo).unwrap().tenant;
        let said = steps(&tenant, &Secrets::default(), &demo, "https://hooks.example.com/");
        let ours = said.lines().filter(|line| line.contains("https://hooks.example.com/webhooks/"));
        let of_twilio: Vec<&str> =
            ours.map(str::trim).filter(|line| line.contains("/sms") || *line == line_of("missed-call")).collect();
        assert_eq!(of_twilio, [line_of("sms"), line_of("sms"), line_of("missed-call")], "{said}");
    }

    fn line_of(path: &str) -> &'static str {
        match path {
            "sms" => "https://hooks.example.com/webhooks/sms#rc=2&rp=5xx,ct,rt",
            _ => "https://hooks.example.com/webhooks/missed-call#rc=2&rp=5xx,ct,rt",
        }
    }
}
