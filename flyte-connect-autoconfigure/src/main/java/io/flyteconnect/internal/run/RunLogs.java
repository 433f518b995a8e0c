package io.flyteconnect.internal.run;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.flyteidl2.dataproxy.TailLogsRequest;
import com.flyteidl2.dataproxy.TailLogsResponse;
import com.flyteidl2.logs.dataplane.LogLine;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;

import io.flyteconnect.FlyteRunsStub;

/**
 * The lines of a log as they come. Ended by {@link #close}, which Flyte is told.
 */
final class RunLogs implements Iterator<LogLine>, AutoCloseable {

	private final CancellableContext context = Context.current().withCancellation();

	private final Queue<LogLine> lines = new ArrayDeque<>();

	private final Iterator<TailLogsResponse> answers;

	private RunLogs(FlyteRunsStub flyte, TailLogsRequest request) {
		Context before = this.context.attach();
		try {
			this.answers = flyte.dataProxy().blocking().tailLogs(request);
		}
		finally {
			this.context.detach(before);
		}
	}

	static Stream<LogLine> open(FlyteRunsStub flyte, TailLogsRequest request) {
		RunLogs logs = new RunLogs(flyte, request);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(logs, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(logs::close);
	}

	@Override
	public boolean hasNext() {
		while (this.lines.isEmpty() && this.answers.hasNext()) {
			this.answers.next().getLogsList().forEach((logs) -> this.lines.addAll(logs.getLinesList()));
		}
		return !this.lines.isEmpty();
	}

	@Override
	public LogLine next() {
		if (!hasNext()) {
			throw new NoSuchElementException("The log has ended");
		}
		return this.lines.remove();
	}

	@Override
	public void close() {
		this.context.cancel(null);
	}

}
