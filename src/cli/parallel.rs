//! Work on many files, on all processors, with the same result on any number of them.

use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// How many threads to use: as many as were asked for, otherwise one for each processor.
pub fn threads(wanted: Option<u8>) -> usize {
    wanted.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), usize::from)
}

/// Splits so many items into one run for each thread; the results stand in the order of the items.
pub fn in_runs<T: Send>(
    items: usize,
    threads: usize,
    work: impl Fn(Range<usize>) -> Vec<T> + Sync,
) -> Vec<T> {
    let length = items.div_ceil(threads.max(1)).max(1);
    if length >= items {
        return work(0..items);
    }
    let runs = (0..items).step_by(length).map(|start| start..(start + length).min(items));
    thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = runs.map(|run| scope.spawn(move || work(run))).collect();
        let done =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once_and_in_order_on_any_number_of_threads() {
        for items in [0, 1, 2, 7, 64] {
            for threads in [0, 1, 2, 3, 8, 100] {
                let done = in_runs(items, threads, Iterator::collect);
                assert_eq!(done, (0..items).collect::<Vec<_>>(), "{items} on {threads}");
            }
        }
    }
}
