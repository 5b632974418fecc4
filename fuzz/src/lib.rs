//! Gives libFuzzer what the test command tries for a moment: the targets of `tests/it/fuzzing/`.

#[path = "../../tests/it/fuzzing/targets/mod.rs"]
mod targets;

pub use libfuzzer_sys;
pub use targets::*;

/// The target of a binary. Every other change of an input is one of ours: of lines and values instead of bytes.
#[macro_export]
macro_rules! fuzz {
    ($target:ident) => {
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::$target::run(data));
        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
            if seed % 2 == 0 {
                return $crate::libfuzzer_sys::fuzzer_mutate(data, size, most);
            }
            let changed = $crate::mutation::changed(&data[..size], u64::from(seed));
            let size = changed.len().min(most);
            data[..size].copy_from_slice(&changed[..size]);
            size
        });
    };
}
