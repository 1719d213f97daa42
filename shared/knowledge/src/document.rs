//! A document as text: what was read out of a file, or typed in.

/// What a file says, in the order in which a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What it calls itself.
    pub title: Option<String>,
    /// Its pages; of a format without pages there is one.
    pub pages: Vec<Page>,
    /// Pages of which nothing could be read, with the reason.
    pub unread: Vec<UnreadPage>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Counted from 1; `None` in a format without pages.
    pub number: Option<u32>,
    /// What is on it.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the highest.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph or an item of a list.
    Text(String),
    /// A row of a table.
    Row {
        /// The heads of the columns; empty where the table has none.
        header: Vec<String>,
        /// Its cells, from left to right.
        cells: Vec<String>,
    },
    /// A question with its answer.
    Faq {
        /// As the business wrote it.
        question: String,
        /// What it answers.
        answer: String,
    },
}

/// A page of which nothing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadPage {
    /// Counted from 1.
    pub number: u32,
    /// Why.
    pub reason: Unread,
}

/// Why nothing of a page could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is a picture of text: it has to be read by eye or by optical character recognition.
    Image,
    /// It is damaged.
    Broken,
}
