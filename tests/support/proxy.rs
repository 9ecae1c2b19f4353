//! A wire between a client and a server on loopback that can be cut in silence,
//! as when a machine is frozen or a network partitioned.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

/// Forwards connections to a server, except while it is cut.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<(Mutex<bool>, Condvar)>);

impl Wire {
    /// Forwards what comes to `listener` to `127.0.0.1:to`.
    pub(crate) fn lay(listener: TcpListener, to: u16) -> Self {
        let wire = Self::default();
        let laid = wire.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if let Ok(server) = TcpStream::connect(("127.0.0.1", to)) {
                    wire.join(&client, &server);
                    wire.join(&server, &client);
                }
            }
        });
        laid
    }

    /// From now on nothing comes through, and nobody is told.
    pub(crate) fn cut(&self) {
        *self.lock() = true;
    }

    /// Everything comes through again, and what was held back too.
    pub(crate) fn mend(&self) {
        *self.lock() = false;
        self.0.1.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, bool> {
        self.0.0.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn wait_until_whole(&self) {
        let mut cut = self.lock();
        while *cut {
            cut = self.0.1.wait(cut).unwrap_or_else(|e| e.into_inner());
        }
    }

    fn join(&self, from: &TcpStream, to: &TcpStream) {
        let wire = self.clone();
        let mut from = from.try_clone().expect("sockets can be shared");
        let mut to = to.try_clone().expect("sockets can be shared");
        std::thread::spawn(move || {
            let mut buffer = vec![0; 64 << 10];
            while let Ok(n @ 1..) = from.read(&mut buffer) {
                wire.wait_until_whole();
                if to.write_all(&buffer[..n]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Both);
        });
    }
}
