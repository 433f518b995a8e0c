package io.flyteconnect.test.runs;

import com.flyteidl2.cluster.ClusterServiceGrpc;
import com.flyteidl2.cluster.SelectClusterRequest;
import com.flyteidl2.cluster.SelectClusterResponse;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl2.cluster.ClusterService}: there is no other cluster than this one.
 */
class ClusterMethods extends ClusterServiceGrpc.ClusterServiceImplBase {

	@Override
	public void selectCluster(SelectClusterRequest request, StreamObserver<SelectClusterResponse> observer) {
		Answers2.answer(observer, SelectClusterResponse::getDefaultInstance);
	}

}
