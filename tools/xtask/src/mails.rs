//! The mails that the stack sends: the emulator keeps them, and no one gets them. Those that lead to a page (an invitation, an
//! address to prove, a new password) are shown with a link that works on this machine.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::stack::Stack;

/// Where the emulator shows what SES took, oldest first. AWS has nothing like it.
pub const PATH: &str = "/_ministack/ses/messages";

/// Remembers how many were seen. The emulator forgets mails when it ends.
#[derive(Debug, Default)]
pub struct Mails {
    seen: usize,
}

#[derive(Deserialize)]
struct Kept {
    messages: BTreeMap<String, Vec<Mail>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Mail {
    to: Vec<String>,
    subject: String,
    body_text: Option<String>,
}

impl Mails {
    /// The mails with a link that came since the last look, each as two lines: to whom and about what, and the link.
    ///
    /// # Errors
    /// When the emulator does not answer, or shows something else.
    pub fn arrived(&mut self, stack: &Stack) -> Result<Vec<String>> {
        self.take(&stack.http().get(PATH, &[])?.body, stack)
    }

    fn take(&mut self, kept: &str, stack: &Stack) -> Result<Vec<String>> {
        let kept: Kept = serde_json::from_str(kept).context("the emulator does not show mails as it did")?;
        let all: Vec<_> = kept.messages.into_values().flatten().collect();
        let arrived = all.iter().skip(self.seen).filter_map(|mail| shown(mail, stack)).collect();
        self.seen = all.len();
        Ok(arrived)
    }
}

fn shown(mail: &Mail, stack: &Stack) -> Option<String> {
    let link = local_link(mail.body_text.as_deref()?, stack)?;
    Some(format!("Mail to {}: {}\n  {link}", mail.to.join(", "), mail.subject))
}

/// The link to a page of ours in a mail's text. There it has the address that the API would have on AWS, which is no one's or, worse,
/// someone's: here it gets the one that the API has on this machine.
fn local_link(text: &str, stack: &Stack) -> Option<String> {
    let own = format!("https://{}.execute-api.", stack.outputs.get("ApiId")?);
    text.split_whitespace().find_map(|word| {
        let (_, path) = word.strip_prefix(&own)?.split_once('/')?;
        Some(format!("{}/{path}", stack.api_url))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stack::tests::stack;
    use serde_json::{Value, json};

    fn mail(to: &str, text: &str) -> Value {
        json!({ "To": [to], "Subject": "You are invited to Alamo Dental", "BodyText": text, "BodyHtml": null })
    }

    fn kept(mails: &[Value]) -> String {
        json!({ "messages": { "000000000000": mails } }).to_string()
    }

    #[test]
    fn an_invitation_leads_to_this_machine_and_is_shown_once() {
        let text = "Hello,\n\nopen this page:\n\nhttps://a1.execute-api.us-east-1.amazonaws.com/accept?token=t-1\n\nGood for 7 days.";
        let mut kept_mails = vec![mail("elena@example.com", text)];
        let mut mails = Mails::default();
        let shown = mails.take(&kept(&kept_mails), &stack()).unwrap();
        let expected = "Mail to elena@example.com: You are invited to Alamo Dental\n  \
                        http://a1.execute-api.localhost:4566/accept?token=t-1";
        assert_eq!(shown, [expected]);
        kept_mails.push(mail("kim@example.com", text));
        let shown = mails.take(&kept(&kept_mails), &stack()).unwrap();
        assert!(matches!(&shown[..], [one] if one.starts_with("Mail to kim@example.com")), "{shown:?}");
    }

    #[test]
    fn no_link_to_another_host_is_shown() {
        let other = mail("a@example.com", "https://other.example.com/accept?token=t https://a1.execute-api.evil");
        let plain = json!({ "To": ["b@example.com"], "Subject": "A lead", "BodyText": null });
        assert!(Mails::default().take(&kept(&[other, plain]), &stack()).unwrap().is_empty());
    }
}
