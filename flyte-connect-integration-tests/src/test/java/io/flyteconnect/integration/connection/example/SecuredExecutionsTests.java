package io.flyteconnect.integration.connection.example;

import flyteidl.admin.ExecutionOuterClass.Execution;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link FlyteTest} with all that it has.
 */
@SpringBootTest
@FlyteTest(tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS, sampleData = true)
class SecuredExecutionsTests {

	@Autowired
	Executions executions;

	@Autowired
	FlyteTestServer server;

	@Test
	void whenExecutionIsAskedForThenTheServiceLogsInAndGetsIt() {
		Execution known = this.server.executions().all().get(0);
		assertThat(this.executions.get(known.getId())).isEqualTo(known);
		assertThat(this.server.identityProvider().tokenRequestCount()).isOne();
		assertThat(this.server.calls().refused()).isZero();
	}

	@Test
	void whenServerMisbehavesThenTheServiceSeesIt() {
		Execution known = this.server.executions().all().get(0);
		this.server.behaviour().failNext("GetExecution", 1, Status.PERMISSION_DENIED.withDescription("not yours"));
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> this.executions.get(known.getId()))
			.withMessageStartingWith("PERMISSION_DENIED: not yours");
		assertThat(this.executions.get(known.getId())).isEqualTo(known);
	}

}
