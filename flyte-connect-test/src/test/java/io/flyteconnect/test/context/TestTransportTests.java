package io.flyteconnect.test.context;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import flyteidl.service.IdentityServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.grpc.test.autoconfigure.AutoConfigureTestGrpcTransport;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteTest} in an application that has a gRPC server of its own, which
 * Spring Boot's test transport leads to.
 */
@Tag("once")
@SpringBootTest(classes = TestTransportTests.Application.class)
@AutoConfigureTestGrpcTransport
@FlyteTest(tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS, sampleData = true)
class TestTransportTests {

	@Autowired
	private FlyteAdminStub flyte;

	@Autowired
	private FlyteTestServer server;

	@Autowired
	private GrpcChannelFactory channels;

	@Test
	void whenFlyteIsCalledThenTheInMemoryFlyteAnswersWithALogin() {
		assertThat(this.flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList())
			.hasSize(3);
		assertThat(this.flyte.identity().blocking().userInfo(UserInfoRequest.getDefaultInstance()).getSubject())
			.isNotEqualTo("own-server");
		assertThat(this.server.identityProvider().tokenRequestCount()).isEqualTo(1);
	}

	@Test
	void whenTheApplicationCallsItsOwnServerThenThatOneAnswers() {
		ManagedChannel own = this.channels.createChannel("own");
		assertThat(IdentityServiceGrpc.newBlockingStub(own).userInfo(UserInfoRequest.getDefaultInstance()).getSubject())
			.isEqualTo("own-server");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Own own() {
			return new Own();
		}

	}

	/**
	 * The application's own service. It speaks an interface of Flyte's, so that a call
	 * that goes astray succeeds.
	 */
	static class Own extends IdentityServiceGrpc.IdentityServiceImplBase {

		@Override
		public void userInfo(UserInfoRequest request, StreamObserver<UserInfoResponse> observer) {
			observer.onNext(UserInfoResponse.newBuilder().setSubject("own-server").build());
			observer.onCompleted();
		}

	}

}
