package io.flyteconnect.test.runs;

import com.flyteidl2.auth.IdentityServiceGrpc;
import com.flyteidl2.auth.UserInfoRequest;
import com.flyteidl2.auth.UserInfoResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import io.flyteconnect.test.admin.Caller;

/**
 * {@code flyteidl2.auth.IdentityService}: who calls.
 */
class IdentityMethods extends IdentityServiceGrpc.IdentityServiceImplBase {

	@Override
	public void userInfo(UserInfoRequest request, StreamObserver<UserInfoResponse> observer) {
		Answers2.answer(observer, () -> {
			Caller caller = Caller.KEY.get();
			if (caller == null) {
				throw Status.UNAUTHENTICATED.withDescription("no identity").asRuntimeException();
			}
			return UserInfoResponse.newBuilder()
				.setSubject(caller.subject())
				.setName(caller.subject())
				.setPreferredUsername(caller.subject() + "-username")
				.setEmail(caller.subject() + "@flyte.example")
				.build();
		});
	}

}
