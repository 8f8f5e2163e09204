"""Two raylets of one CPU each on this machine's loopback: `python ray_cluster.py FOLDER CLIENT_PORT`, until its input ends."""

import os
import sys

# Read at import: without the first all parts of Ray listen on every address of the machine, without the second its workers starve
# on a busy one.
os.environ.update(RAY_TMPDIR=sys.argv[1], RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER="0", RAY_worker_niceness="0", RAY_USAGE_STATS_ENABLED="0")

# It notes there which cluster was begun last, and does not make the folder.
os.makedirs(os.path.join(sys.argv[1], "ray"), exist_ok=True)

from ray.cluster_utils import Cluster

each = {"num_cpus": 1, "object_store_memory": 100 * 1024**2, "dashboard_agent_listen_port": 0}
head = {**each, "ray_client_server_port": int(sys.argv[2]), "include_dashboard": False}
cluster = Cluster(initialize_head=True, head_node_args=head)
cluster.add_node(**each)
print("ready", flush=True)
sys.stdin.read()
cluster.shutdown()
