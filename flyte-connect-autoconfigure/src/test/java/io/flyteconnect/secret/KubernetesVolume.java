package io.flyteconnect.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.FileSystemUtils;

/**
 * A volume as the kubelet writes it: the files in a folder named after the time, the link
 * {@code ..data} to it, a link of each file that leads through {@code ..data}. To change
 * the files, a second folder is written and the link turned over to it in one step.
 */
public final class KubernetesVolume {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final Path folder;

	/**
	 * Create a volume.
	 * @param folder where it is mounted
	 */
	public KubernetesVolume(Path folder) {
		this.folder = folder;
	}

	/**
	 * Write the files, in place of all others.
	 * @param files the contents by path, which may have folders
	 * @throws IOException if they cannot be written
	 */
	public void write(Map<String, String> files) throws IOException {
		Path data = this.folder.resolve("..data");
		Path old = Files.exists(data) ? data.toRealPath() : null;
		Path fresh = this.folder.resolve("..2026_07_01_10_20_30.%09d".formatted(COUNT.incrementAndGet()));
		for (Map.Entry<String, String> file : files.entrySet()) {
			Path target = fresh.resolve(file.getKey());
			Files.createDirectories(target.getParent());
			Files.writeString(target, file.getValue());
		}
		Path turned = Files.createSymbolicLink(this.folder.resolve("..data_tmp"), fresh.getFileName());
		Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);
		for (String file : files.keySet()) {
			Path first = Path.of(file).getName(0);
			if (!Files.exists(this.folder.resolve(first), LinkOption.NOFOLLOW_LINKS)) {
				Files.createSymbolicLink(this.folder.resolve(first), Path.of("..data").resolve(first));
			}
		}
		if (old != null) {
			FileSystemUtils.deleteRecursively(old);
		}
	}

}
