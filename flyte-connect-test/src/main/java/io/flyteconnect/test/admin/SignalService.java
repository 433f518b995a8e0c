package io.flyteconnect.test.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import flyteidl.admin.SignalOuterClass;
import flyteidl.admin.SignalOuterClass.Signal;
import flyteidl.core.IdentifierOuterClass.SignalIdentifier;
import flyteidl.service.SignalServiceGrpc;
import io.grpc.stub.StreamObserver;

/**
 * {@code flyteidl.service.SignalService}
 * ({@code flyteadmin/pkg/manager/impl/signal_manager.go}).
 */
class SignalService extends SignalServiceGrpc.SignalServiceImplBase {

	private static final Columns<Signal> COLUMNS = new Columns<Signal>("signal")
		.text("signal_id", (signal) -> signal.getId().getSignalId())
		.text("execution_project", (signal) -> signal.getId().getExecutionId().getProject())
		.text("execution_domain", (signal) -> signal.getId().getExecutionId().getDomain())
		.text("execution_name", (signal) -> signal.getId().getExecutionId().getName());

	private final Map<SignalIdentifier, Signal> signals = Collections.synchronizedMap(new LinkedHashMap<>());

	@Override
	public void getOrCreateSignal(SignalOuterClass.SignalGetOrCreateRequest request, StreamObserver<Signal> observer) {
		Answers.answer(observer, () -> {
			check(request.getId());
			if (!request.hasType()) {
				throw AdminErrors.missing("type");
			}
			Signal signal = Signal.newBuilder().setId(request.getId()).setType(request.getType()).build();
			Signal existing = this.signals.putIfAbsent(request.getId(), signal);
			return (existing != null) ? existing : signal;
		});
	}

	@Override
	public void listSignals(SignalOuterClass.SignalListRequest request,
			StreamObserver<SignalOuterClass.SignalList> observer) {
		Answers.answer(observer, () -> {
			Checks.execution(request.hasWorkflowExecutionId(), request.getWorkflowExecutionId());
			Checks.limit(request.getLimit());
			List<Signal> all;
			synchronized (this.signals) {
				all = this.signals.values()
					.stream()
					.filter((signal) -> signal.getId().getExecutionId().equals(request.getWorkflowExecutionId()))
					.toList();
			}
			Listing.Page<Signal> page = new Listing("ListSignals", request.getLimit(), request.getToken(),
					request.getFilters(), request.hasSortBy() ? request.getSortBy() : null)
				.of(all, COLUMNS);
			return SignalOuterClass.SignalList.newBuilder()
				.addAllSignals(page.entries())
				.setToken(page.token())
				.build();
		});
	}

	@Override
	public void setSignal(SignalOuterClass.SignalSetRequest request,
			StreamObserver<SignalOuterClass.SignalSetResponse> observer) {
		Answers.answer(observer, () -> {
			check(request.getId());
			if (!request.hasValue()) {
				throw AdminErrors.missing("value");
			}
			Signal changed = this.signals.computeIfPresent(request.getId(),
					(id, signal) -> signal.toBuilder().setValue(request.getValue()).build());
			if (changed == null) {
				throw AdminErrors.invalid("failed to validate that signal [" + request.getId().getSignalId()
						+ "] exists, err: [missing entity of type signal]");
			}
			return SignalOuterClass.SignalSetResponse.getDefaultInstance();
		});
	}

	private void check(SignalIdentifier id) {
		if (!id.hasExecutionId()) {
			throw AdminErrors.missing("execution_id");
		}
		Checks.notEmpty(id.getSignalId(), "signal_id");
		Checks.execution(true, id.getExecutionId());
	}

}
