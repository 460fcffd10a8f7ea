use redis::aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig, PubSub};
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use redis::{Client, Cmd, Pipeline, RedisFuture, RedisResult, Value};

use super::limits::Limits;

/// Where Redis is.
pub(super) enum Server {
    Single(Box<Client>),
    Cluster(Box<ClusterClient>, Box<[Client]>),
}

/// A connection, shared by all who call; it makes itself anew.
#[derive(Clone)]
pub(super) enum Connection {
    Single(ConnectionManager),
    Cluster(ClusterConnection),
}

impl Server {
    pub(super) async fn connect(&self, limits: Limits) -> RedisResult<Connection> {
        match self {
            Self::Single(client) => {
                let config = ConnectionManagerConfig::new()
                    // A caller that waits for a token is told at once; the next call tries again.
                    .set_number_of_retries(0)
                    .set_connection_timeout(Some(limits.connect))
                    .set_response_timeout(Some(limits.answer()));
                ConnectionManager::new_with_config(Client::clone(client), config).await.map(Connection::Single)
            }
            Self::Cluster(client, _) => client.get_async_connection().await.map(Connection::Cluster),
        }
    }

    /// A connection to hear messages on: those of a cluster reach each of its nodes.
    pub(super) async fn listen(&self, attempt: usize) -> RedisResult<PubSub> {
        match self {
            Self::Single(client) => client.get_async_pubsub().await,
            Self::Cluster(_, nodes) => match nodes.get(attempt % nodes.len().max(1)) {
                Some(node) => node.get_async_pubsub().await,
                None => Err((redis::ErrorKind::InvalidClientConfig, "no node").into()),
            },
        }
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(link) => link.req_packed_command(command),
            Self::Cluster(link) => link.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(link) => link.req_packed_commands(pipeline, offset, count),
            Self::Cluster(link) => link.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(link) => link.get_db(),
            Self::Cluster(link) => link.get_db(),
        }
    }
}
