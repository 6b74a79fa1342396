//! Word of a long fit to whoever waits for it.

use std::cell::{Cell, RefCell};

/// Is told the share of the work that is done, in (0, 1) and rising, at every pass over the rows.
pub type Watch<'a> = &'a mut dyn FnMut(f64);

/// The passes that were made. How many it takes is not known before: the share rises ever more slowly.
pub(super) struct Passes<'a> {
    watch: RefCell<Watch<'a>>,
    done: Cell<f64>,
    /// So many are taken for half of the work.
    half: f64,
}

impl<'a> Passes<'a> {
    pub fn new(watch: Watch<'a>, half: f64) -> Self {
        Self {
            watch: RefCell::new(watch),
            done: Cell::new(0.0),
            half,
        }
    }

    /// Tells of one more.
    pub fn pass(&self) {
        let done = self.done.get() + 1.0;
        self.done.set(done);
        (self.watch.borrow_mut())(done / (done + self.half));
    }
}
