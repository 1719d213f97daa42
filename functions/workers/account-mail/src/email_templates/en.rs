//! English.

use super::{EmailTemplate, Facts, Kind};

pub(super) fn write(kind: Kind, facts: &Facts<'_>) -> EmailTemplate {
    let Facts { business, inviter, link, .. } = facts;
    match kind {
        Kind::Invitation => EmailTemplate {
            subject: format!("You are invited to {business}"),
            text: format!(
                "Hello,\n\n\
                 {inviter} invites you to work with the leads and conversations of {business}. Open this page to accept and to choose \
                 a password:\n\n{link}\n\n\
                 The link is good for {} days.\n\n\
                 If you do not know {business}, ignore this mail: nothing happens unless you open the link.\n",
                facts.days()
            ),
        },
        Kind::Verification => EmailTemplate {
            subject: format!("Confirm your address for {business}"),
            text: format!(
                "Hello,\n\n\
                 Open this page to confirm that this address is yours, so that you can use it at {business}:\n\n{link}\n\n\
                 The link is good for {} hours.\n\n\
                 If you did not ask for this, ignore this mail: the address stays unconfirmed.\n",
                facts.hours()
            ),
        },
        Kind::Reset => EmailTemplate {
            subject: format!("A new password for {business}"),
            text: format!(
                "Hello,\n\n\
                 Somebody asked for a new password for your account at {business}. Open this page to choose one:\n\n\
                 {link}\n\n\
                 The link is good for {} minutes. The new password signs you out everywhere.\n\n\
                 If it was not you, ignore this mail: your password stays as it is.\n",
                facts.minutes()
            ),
        },
        Kind::PasswordSet => EmailTemplate {
            subject: format!("Your new password for {business}"),
            text: format!(
                "Hello,\n\n\
                 Your account at {business} has a new password, and is signed out everywhere else.\n\n\
                 If it was you, there is nothing to do. If it was not, choose another one at once:\n\n{link}\n\n\
                 Then tell whoever administers {business}: somebody else may read your mail.\n"
            ),
        },
        Kind::CalendarLost => EmailTemplate {
            subject: format!("A calendar of {business} is cut off"),
            text: format!(
                "Hello,\n\n\
                 A Google account does not let Porchlight read a calendar of {business} any more. What \
                 it said last still takes time, and nothing new in it is seen. Connect it again:\n\n{link}\n\n\
                 You get this mail once, because you are among those whom {business} has told.\n"
            ),
        },
        Kind::CampaignWaiting => EmailTemplate {
            subject: format!("A campaign of {business} waits for your yes"),
            text: format!(
                "Hello,\n\n\
                 The weather is about to turn, and Porchlight has drafted a message to customers of {business}. Nothing is sent before someone says \
                 yes. See what it says and whom it reaches, change it, approve or decline it:\n\n{link}\n\n\
                 You get this mail once, because you are among those whom {business} has told.\n"
            ),
        },
        Kind::WebhookDisabled => EmailTemplate {
            subject: format!("Events of {business} are not sent on any more"),
            text: format!(
                "Hello,\n\nAn address that Porchlight sent events of {business} to took nothing for five days, or said that it is gone. It is switched off, and what \
                 happens until you switch it on again is not kept for it. See what it answered:\n\n{link}\n\nYou get this mail once, because you can switch it on again at {business}.\n"
            ),
        },
    }
}
