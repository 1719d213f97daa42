//! The message of a step.

use super::StepInProgress;
use crate::ConversationId;
use crate::conversations::{Delivery, Message, Outreach, Role, StepRef};
use crate::events::EventKind;
use crate::journeys::place::good_for;
use crate::journeys::threads::thread_for;
use crate::journeys::{Counted, Draft, Subject, Text, Variant, VariantCount, assign, in_their_language, render, route};
use crate::leads::Stage;
use crate::messaging::{Address, Channel, Kind, MessageRef};
use crate::tenancy::Template;

impl StepInProgress<'_> {
    /// Queues the message.
    ///
    /// # Errors
    /// Why there is none, in words that go on from "because". No text with a hole in it ever goes out.
    pub(super) fn write(&mut self, text: &Text) -> Result<(), String> {
        let (channel, to) = route(&text.channel, self.journey_context, &self.journey_update.journey)
            .ok_or("they cannot be reached on any of its channels")?;
        let variant = self.variant(text).ok_or("it has no text")?;
        let words =
            in_their_language(&variant.texts, self.journey_context).ok_or("it has no text in a language of theirs")?;
        let says = self.render(words)?;
        if says.is_empty() {
            return Err("it has no text".to_owned());
        }
        let subject = Some(&variant.subjects).filter(|_| channel == Channel::Email);
        let subject = subject.and_then(|subjects| in_their_language(subjects, self.journey_context));
        let outreach = Outreach {
            campaign: None,
            kind: self.sequence.kind,
            due: self.run.due,
            expires_at: super::later(self.run.due.max(self.now), good_for(text)),
            step: Some(StepRef {
                sequence: self.sequence.id.clone(),
                run: self.run.id,
                step: self.step.id.clone(),
                variant: (text.variants.len() > 1).then(|| variant.id.clone()),
            }),
            appointment: match self.run.subject {
                Subject::Appointment(appointment) => Some(appointment),
                _ => None,
            },
            subject: subject.map(|subject| self.render(subject)).transpose()?,
            template: variant.template.as_ref().and_then(|template| self.template(template)),
        };
        let language =
            variant.texts.iter().find(|(_, own)| own.as_str() == words).map(|(language, _)| language.clone());
        let draft = self.draft(says, (channel, &to), outreach);
        let draft = Draft { message: Message { language, ..draft.message }, prompt: variant.prompt.clone(), ..draft };
        self.queue(draft);
        Ok(())
    }

    /// The text that this person got before, or gets now.
    fn variant<'t>(&self, text: &'t Text) -> Option<&'t Variant> {
        let known = self.run.variants.get(&self.step.id).cloned();
        let (contact, variants) = (self.journey_context.contact().id, &text.variants);
        let id = known.or_else(|| assign(contact, &self.sequence.id, &self.step.id, variants, self.variant_stats));
        variants.iter().find(|variant| Some(&variant.id) == id.as_ref()).or_else(|| variants.first())
    }

    fn render(&self, text: &str) -> Result<String, String> {
        render(text, self.journey_context, &self.journey_update.journey, &self.run)
            .map_err(|missing| missing.to_string())
    }

    /// Without a value there is no template: the gate then keeps the message back outside WhatsApp's window.
    fn template(&self, template: &Template) -> Option<Template> {
        let values = template.values.iter().map(|value| self.render(value)).collect::<Result<_, _>>().ok()?;
        Some(Template { values, ..template.clone() })
    }

    fn draft(&self, says: String, (channel, to): (Channel, &Address), outreach: Outreach) -> Draft {
        let (journey_context, step) = (self.journey_context, &self.step.id);
        let cause = ["touch", &self.run.id.to_string(), step.as_str()];
        let opens = ConversationId::derive(&journey_context.tenant.id, &cause);
        let mut place = thread_for(journey_context, opens, (channel, to), self.now);
        let at = place.say(&says, self.now);
        let message = Message {
            outreach: Some(outreach),
            delivery: Some(Delivery::queued(to.clone(), None, self.now)),
            ..Message::new(
                MessageRef {
                    conversation: place.thread.id,
                    at,
                    message: self.run.message_id(&journey_context.tenant.id, step),
                },
                place.thread.lead,
                Role::Assistant,
                channel,
                says,
                self.run.id.to_string(),
            )
        };
        Draft { message, thread: place.thread, opened: place.opened, past: place.past, prompt: None }
    }

    /// Notes in journey and enrollment that the message waits, and tells `worker-deliver`.
    fn queue(&mut self, draft: Draft) {
        let message = &draft.message;
        let variant = message.outreach.as_ref().and_then(|outreach| outreach.step.as_ref()?.variant.clone());
        let (sequence, step) = (&self.sequence.id, &self.step.id);
        if let Some(run) = self.journey_update.journey.runs.iter_mut().find(|run| run.id == self.run.id) {
            run.touches = run.touches.saturating_add(1);
            run.last_outreach_at = Some(self.now);
            run.last_step = Some(step.clone());
            run.opened_at = None;
            if let Some(variant) = &variant {
                run.variants.insert(step.clone(), variant.clone());
            }
        }
        self.journey_update.variant_stats.extend(variant.map(|variant| VariantCount {
            sequence: sequence.clone(),
            step: step.clone(),
            variant,
            what: Counted::Sent,
        }));
        self.journey_update.journey.queued(message, self.now);
        let (reference, channel, contact) = (message.reference, message.channel, self.journey_context.contact().id);
        self.journey_update.events.push(EventKind::MessageQueued { message: reference, channel, contact });
        self.journey_update.messages.push(draft);
        let stage = self.journey_update.journey.stage;
        if self.sequence.kind == Kind::QuoteFollowUp && stage.may_be_marked(Stage::QuoteFollowingUp) {
            self.journey_update.move_to(Stage::QuoteFollowingUp, self.now);
        }
    }
}
