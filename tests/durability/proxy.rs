//! TCP between a client and what it connects to: a network that can be cut, and a balancer.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a network does with what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// Passes it on.
    Open,
    /// Ends connections and refuses new ones.
    Refusing,
    /// Takes it and says nothing.
    Silent,
}

/// A network to one address.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    network: watch::Sender<Network>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub(crate) async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let network = watch::Sender::new(Network::Open);
        let watched = network.subscribe();
        let task = tokio::spawn(async move {
            loop {
                let Ok((client, _)) = listener.accept().await else {
                    return;
                };
                tokio::spawn(pass_on(client, target.clone(), watched.clone()));
            }
        });
        Self {
            address,
            network,
            task,
        }
    }

    pub(crate) fn become_(&self, network: Network) {
        self.network.send_replace(network);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass_on(mut client: TcpStream, target: String, mut network: watch::Receiver<Network>) {
    if *network.borrow_and_update() == Network::Refusing {
        return;
    }
    let Ok(mut server) = TcpStream::connect(target).await else {
        return;
    };
    loop {
        let now = *network.borrow_and_update();
        match now {
            Network::Refusing => return,
            Network::Silent => {
                if network.changed().await.is_err() {
                    return;
                }
            }
            Network::Open => {
                tokio::select! {
                    _ = copy_bidirectional(&mut client, &mut server) => return,
                    changed = network.changed() => if changed.is_err() { return },
                }
            }
        }
    }
}

/// A server behind a balancer.
struct Backend {
    address: Mutex<Option<SocketAddr>>,
    is_ready: AtomicBool,
}

/// Gives each connection to the next server that says it is ready, and knows nothing of what is sent.
pub(crate) struct Balancer {
    pub(crate) address: SocketAddr,
    backends: Arc<Vec<Backend>>,
    tasks: Vec<JoinHandle<()>>,
}

/// How often servers are asked whether they are ready.
const ASK_INTERVAL: Duration = Duration::from_millis(50);

impl Balancer {
    pub(crate) async fn over(count: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let backends: Vec<Backend> = (0..count)
            .map(|_| Backend {
                address: Mutex::default(),
                is_ready: AtomicBool::new(false),
            })
            .collect();
        let backends = Arc::new(backends);
        let asking = tokio::spawn(ask_forever(Arc::clone(&backends)));
        let giving = tokio::spawn(give_forever(listener, Arc::clone(&backends)));
        Self {
            address,
            backends,
            tasks: vec![asking, giving],
        }
    }

    /// Says where the server `number` is, from now on.
    pub(crate) fn place(&self, number: usize, address: SocketAddr) {
        let place = self.backends[number].address.lock();
        *place.unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    pub(crate) fn is_ready(&self, number: usize) -> bool {
        self.backends[number].is_ready.load(Ordering::SeqCst)
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Backend {
    fn address(&self) -> Option<SocketAddr> {
        *self.address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn ask_forever(backends: Arc<Vec<Backend>>) {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(2))
        .pool_max_idle_per_host(0);
    let client = client.build().expect("a client");
    loop {
        for backend in backends.iter() {
            let Some(address) = backend.address() else {
                continue;
            };
            let asked = client.get(format!("http://{address}/readyz")).send().await;
            let is_ready = asked.is_ok_and(|answer| answer.status().is_success());
            backend.is_ready.store(is_ready, Ordering::SeqCst);
        }
        tokio::time::sleep(ASK_INTERVAL).await;
    }
}

async fn give_forever(listener: TcpListener, backends: Arc<Vec<Backend>>) {
    let turn = AtomicUsize::new(0);
    loop {
        let Ok((mut client, _)) = listener.accept().await else {
            return;
        };
        let first = turn.fetch_add(1, Ordering::Relaxed);
        let count = backends.len();
        let ready = (0..count)
            .map(|number| &backends[(first + number) % count])
            .find(|backend| backend.is_ready.load(Ordering::SeqCst));
        let Some(address) = ready.and_then(Backend::address) else {
            continue;
        };
        tokio::spawn(async move {
            if let Ok(mut server) = TcpStream::connect(address).await {
                // Either side may end it as it likes.
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        });
    }
}
