package io.flyteconnect.conformance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import connectrpc.conformance.v1.ClientCompat.ClientCompatRequest;
import connectrpc.conformance.v1.ClientCompat.ClientCompatResponse;
import connectrpc.conformance.v1.ClientCompat.ClientErrorResult;
import org.jspecify.annotations.Nullable;

/**
 * The client that the suite tests: reads what to call, and writes what came of it, each
 * with four bytes of length before.
 */
final class ConformanceClient {

	private static final int PARALLEL = 8;

	private final DataInputStream in;

	private final DataOutputStream out;

	private final Channels channels = new Channels();

	ConformanceClient(InputStream in, OutputStream out) {
		this.in = new DataInputStream(in);
		this.out = new DataOutputStream(out);
	}

	void run() throws IOException, InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(PARALLEL);
		for (ClientCompatRequest request = read(); request != null; request = read()) {
			ClientCompatRequest next = request;
			executor.execute(() -> write(answer(next)));
		}
		executor.shutdown();
		if (!executor.awaitTermination(5, TimeUnit.MINUTES)) {
			throw new IllegalStateException("Calls are still under way");
		}
		this.channels.close();
	}

	private @Nullable ClientCompatRequest read() throws IOException {
		int length;
		try {
			length = this.in.readInt();
		}
		catch (EOFException ex) {
			return null;
		}
		return ClientCompatRequest.parseFrom(this.in.readNBytes(length));
	}

	private ClientCompatResponse answer(ClientCompatRequest request) {
		ClientCompatResponse.Builder response = ClientCompatResponse.newBuilder().setTestName(request.getTestName());
		try {
			return response.setResponse(new ConformanceCall(request, this.channels.channel(request)).run()).build();
		}
		catch (Exception ex) {
			return response.setError(ClientErrorResult.newBuilder().setMessage(ex.toString())).build();
		}
	}

	private synchronized void write(ClientCompatResponse response) {
		byte[] bytes = response.toByteArray();
		try {
			this.out.writeInt(bytes.length);
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
