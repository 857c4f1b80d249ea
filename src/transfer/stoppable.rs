use std::cell::Cell;
use std::io::Read;

use crate::exchange::Source;
use crate::storage::InputFolder;

/// Files that cannot be read any more once the import was stopped.
pub(super) struct Stoppable<'a> {
    input: &'a InputFolder,
    stopped: Cell<bool>,
}

impl<'a> Stoppable<'a> {
    pub(super) fn new(input: &'a InputFolder) -> Self {
        Self { input, stopped: Cell::new(false) }
    }

    pub(super) fn stop(&self) {
        self.stopped.set(true);
    }
}

impl Source for Stoppable<'_> {
    fn files(&self) -> &[String] {
        self.input.files()
    }

    fn open(&self, file: &str) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(StoppableFile { file: self.input.open(file)?, stopped: &self.stopped }))
    }
}

struct StoppableFile<'a> {
    file: Box<dyn Read>,
    stopped: &'a Cell<bool>,
}

impl Read for StoppableFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.stopped.get() {
            return Err(std::io::Error::other("it was stopped"));
        }
        self.file.read(buffer)
    }
}
