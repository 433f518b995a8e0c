package io.flyteconnect.internal.store;

import java.nio.file.Path;

import io.flyteconnect.internal.store.file.FileStore;
import io.flyteconnect.internal.store.file.FileStoreTests;

/**
 * A process that writes one login after the other into a file.
 */
public final class StoreWriter {

	private StoreWriter() {
	}

	public static void main(String[] arguments) {
		for (int i = 0; i < 20; i++) {
			new FileStore(Path.of(arguments[0]), arguments[1] + "-" + i, null)
				.save(FileStoreTests.login("access-" + i, null));
		}
	}

}
