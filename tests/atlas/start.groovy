// Starts ZooKeeper and Solr, and then Apache Atlas, in one process, on the loopback address only.
//
// The ZooKeeper of Solr's test framework listens on all addresses of the machine. This one is the
// same with another address; Atlas is told where it is and starts no Solr of its own.

import java.nio.file.Paths
import org.apache.atlas.Atlas
import org.apache.solr.client.solrj.embedded.JettyConfig
import org.apache.solr.cloud.MiniSolrCloudCluster
import org.apache.solr.cloud.ZkTestServer
import org.apache.zookeeper.server.ServerConfig

class LoopbackConfig extends ServerConfig {
    LoopbackConfig(String folder, int port) {
        clientPortAddress = new InetSocketAddress(InetAddress.getByName('127.0.0.1'), port)
        dataDir = folder
        dataLogDir = folder
        tickTime = 1000
        maxClientCnxns = 0
    }
}

class LoopbackZooKeeper extends ZkTestServer {
    private final LoopbackConfig config
    private Thread thread

    LoopbackZooKeeper(String folder, int port) {
        super(folder, port)
        config = new LoopbackConfig(folder, port)
    }

    @Override
    void run() {
        thread = Thread.startDaemon('zookeeper') { zkServer.runFromConfig(config) }
        while (!isListening()) {
            thread.join(100)
            if (!thread.alive) throw new IllegalStateException('ZooKeeper did not start')
        }
    }

    private boolean isListening() {
        try {
            return getPort() > 0
        } catch (IllegalStateException ignored) {
            return false
        }
    }
}

def (folder, zooKeeperPort, httpPort, application) = args
def zooKeeper = new LoopbackZooKeeper("$folder/zookeeper".toString(), zooKeeperPort as int)
zooKeeper.run()
def jetty = JettyConfig.builder().setContext('/solr').build()
def xml = MiniSolrCloudCluster.DEFAULT_CLOUD_SOLR_XML
def solr = new MiniSolrCloudCluster(1, Paths.get("$folder/solr"), xml, jetty, zooKeeper)
['vertex_index', 'edge_index', 'fulltext_index'].each {
    solr.uploadConfigSet(Paths.get("$folder/core-template"), it)
}
Thread.currentThread().contextClassLoader = ClassLoader.systemClassLoader
Atlas.main(['-app', application, '-port', httpPort] as String[])
