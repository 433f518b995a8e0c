package io.flyteconnect.test.admin;

import flyteidl.admin.SignalOuterClass.Signal;
import flyteidl.admin.SignalOuterClass.SignalGetOrCreateRequest;
import flyteidl.admin.SignalOuterClass.SignalListRequest;
import flyteidl.admin.SignalOuterClass.SignalSetRequest;
import flyteidl.core.IdentifierOuterClass.SignalIdentifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import flyteidl.service.SignalServiceGrpc;
import io.grpc.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the signals of the test server.
 */
class SignalTests extends AdminFixture {

	private static final WorkflowExecutionIdentifier EXECUTION = WorkflowExecutionIdentifier.newBuilder()
		.setProject("p")
		.setDomain("development")
		.setName("e")
		.build();

	private static final LiteralType INTEGER = LiteralType.newBuilder().setSimple(SimpleType.INTEGER).build();

	private SignalServiceGrpc.SignalServiceBlockingStub stub;

	@BeforeEach
	void stub() {
		this.stub = SignalServiceGrpc.newBlockingStub(this.client.channel());
	}

	@Test
	void whenSignalIsSetThenItIsReadWithItsValue() {
		Signal created = getOrCreate("approve");
		assertThat(created.getType()).isEqualTo(INTEGER);
		assertThat(created.hasValue()).isFalse();
		this.stub.setSignal(SignalSetRequest.newBuilder().setId(id("approve")).setValue(number(5)).build());
		assertThat(getOrCreate("approve").getValue()).isEqualTo(number(5));
	}

	@Test
	void whenListedThenThoseOfTheExecutionInPages() {
		getOrCreate("a");
		getOrCreate("b");
		this.stub.getOrCreateSignal(SignalGetOrCreateRequest.newBuilder()
			.setId(id("other").toBuilder().setExecutionId(EXECUTION.toBuilder().setName("f")))
			.setType(INTEGER)
			.build());
		SignalListRequest.Builder request = SignalListRequest.newBuilder().setWorkflowExecutionId(EXECUTION);
		assertThat(this.stub.listSignals(request.setLimit(10).build()).getSignalsList())
			.extracting((signal) -> signal.getId().getSignalId())
			.containsExactly("a", "b");
		assertThat(this.stub.listSignals(request.setLimit(1).build()).getToken()).isEqualTo("1");
		assertThat(this.stub.listSignals(request.setLimit(5).setFilters("eq(signal_id,b)").build()).getSignalsCount())
			.isEqualTo(1);
	}

	@Test
	void whenSignalIsUnknownOrRequestIncompleteThenInvalidArgument() {
		Status status = TestClient.status(
				() -> this.stub.setSignal(SignalSetRequest.newBuilder().setId(id("none")).setValue(number(1)).build()));
		assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
		assertThat(status.getDescription()).startsWith("failed to validate that signal [none] exists");
		assertThat(TestClient
			.status(() -> this.stub.getOrCreateSignal(SignalGetOrCreateRequest.newBuilder().setId(id("x")).build()))
			.getDescription()).isEqualTo("missing type");
		assertThat(TestClient.status(() -> this.stub.setSignal(SignalSetRequest.newBuilder().setId(id("x")).build()))
			.getDescription()).isEqualTo("missing value");
	}

	private Signal getOrCreate(String name) {
		return this.stub
			.getOrCreateSignal(SignalGetOrCreateRequest.newBuilder().setId(id(name)).setType(INTEGER).build());
	}

	private SignalIdentifier id(String name) {
		return SignalIdentifier.newBuilder().setExecutionId(EXECUTION).setSignalId(name).build();
	}

}
