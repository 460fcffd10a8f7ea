//! What a subscriber of the thread has been told.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

pub(crate) type Fields = BTreeMap<String, String>;

#[derive(Clone, Debug)]
pub(crate) struct SpanSeen {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    pub(crate) fields: Fields,
    pub(crate) parent: Option<u64>,
    pub(crate) follows: Vec<u64>,
    pub(crate) closed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct EventSeen {
    pub(crate) level: Level,
    pub(crate) target: &'static str,
    pub(crate) fields: Fields,
    pub(crate) within: Option<u64>,
}

#[derive(Default)]
struct All {
    spans: Vec<SpanSeen>,
    events: Vec<EventSeen>,
}

#[derive(Clone, Default)]
struct Collector(Arc<Mutex<All>>);

pub(crate) struct Collected {
    all: Collector,
    _guard: DefaultGuard,
}

impl Collected {
    /// From now on what this thread does is kept; the runtime of a test has no other thread.
    pub(crate) fn start() -> Self {
        let all = Collector::default();
        let guard = tracing::subscriber::set_default(Registry::default().with(all.clone()));
        Self { all, _guard: guard }
    }

    /// The spans of this name, in their order.
    pub(crate) fn spans(&self, name: &str) -> Vec<SpanSeen> {
        self.all.0.lock().unwrap().spans.iter().filter(|span| span.name == name).cloned().collect()
    }

    /// The one span of this name.
    pub(crate) fn span(&self, name: &str) -> SpanSeen {
        let [span] = self.spans(name).try_into().unwrap_or_else(|spans| panic!("not one {name}: {spans:#?}"));
        span
    }

    /// The events of this crate, in their order.
    pub(crate) fn events(&self) -> Vec<EventSeen> {
        let all = self.all.0.lock().unwrap();
        all.events.iter().filter(|event| event.target.starts_with("grantkit")).cloned().collect()
    }

    /// The names of all fields of spans and events of this crate, with the span's name, or "event".
    pub(crate) fn names(&self) -> Vec<(String, String)> {
        let all = self.all.0.lock().unwrap();
        let spans = all.spans.iter().filter(|span| span.name.starts_with("grantkit"));
        let spans = spans.flat_map(|span| span.fields.keys().map(|key| (span.name.to_owned(), key.clone())));
        let events = all.events.iter().filter(|event| event.target.starts_with("grantkit"));
        let events = events.flat_map(|event| event.fields.keys().map(|key| ("event".to_owned(), key.clone())));
        spans.chain(events).collect()
    }
}

impl Collector {
    fn change(&self, id: &Id, change: impl FnOnce(&mut SpanSeen)) {
        let mut all = self.0.lock().unwrap();
        // An ID is used again after its span has closed.
        if let Some(span) = all.spans.iter_mut().rev().find(|span| span.id == id.into_u64()) {
            change(span);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Reader(&mut fields));
        let span = context.span(id).unwrap();
        self.0.lock().unwrap().spans.push(SpanSeen {
            id: id.into_u64(),
            name: span.name(),
            level: *attributes.metadata().level(),
            fields,
            parent: span.parent().map(|parent| parent.id().into_u64()),
            follows: Vec::new(),
            closed: false,
        });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        self.change(id, |span| values.record(&mut Reader(&mut span.fields)));
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, _: Context<'_, S>) {
        self.change(id, |span| span.follows.push(follows.into_u64()));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Reader(&mut fields));
        let (level, target) = (*event.metadata().level(), event.metadata().target());
        let within = context.event_span(event).map(|span| span.id().into_u64());
        self.0.lock().unwrap().events.push(EventSeen { level, target, fields, within });
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.change(&id, |span| span.closed = true);
    }
}

struct Reader<'a>(&'a mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}
