package io.flyteconnect.test.admin;

import flyteidl.service.Identity;
import flyteidl.service.IdentityServiceGrpc;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.IdentityService}: who calls.
 */
class IdentityService extends IdentityServiceGrpc.IdentityServiceImplBase {

	@Override
	public void userInfo(Identity.UserInfoRequest request, StreamObserver<Identity.UserInfoResponse> observer) {
		Answers.answer(observer,
				() -> Identity.UserInfoResponse.newBuilder()
					.setSubject(Caller.name())
					.setName(Caller.name())
					.setPreferredUsername(Caller.name() + "-username")
					.setEmail(Caller.name() + "@flyte.example")
					.build());
	}

}
