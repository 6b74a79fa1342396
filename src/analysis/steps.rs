//! Word of several fits, one after the other, to whoever waits for them.

use super::Progress;

/// Fits that are taken to be equally long, and how many of them are done.
pub(super) struct Steps<'a> {
    done: f64,
    all: f64,
    progress: Progress<'a>,
}

impl<'a> Steps<'a> {
    /// So many fits at the most.
    pub fn new(all: usize, progress: Progress<'a>) -> Self {
        Self {
            done: 0.0,
            all: all.max(1) as f64,
            progress,
        }
    }

    /// Runs the next one, which may tell of its own share.
    pub fn next<T>(&mut self, fit: impl FnOnce(Progress<'_>) -> T) -> T {
        let (done, all) = (self.done, self.all);
        let progress = &mut *self.progress;
        let found = fit(&mut |share| progress((done + share) / all));
        self.done += 1.0;
        progress(self.done / all);
        found
    }

    /// That there are no more.
    pub fn finish(self) {
        (self.progress)(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_several_fits_rises_to_1() {
        let mut told = Vec::new();
        let mut listener = |share| told.push(share);
        let mut steps = Steps::new(4, &mut listener);
        assert_eq!(steps.next(|_| 7), 7);
        steps.next(|part| part(0.5));
        steps.finish();
        assert_eq!(told, [0.25, 0.375, 0.5, 1.0]);
    }
}
