package io.flyteconnect.internal.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreException;
import io.flyteconnect.internal.store.StoreKeys;
import io.flyteconnect.internal.store.StoreWriter;
import io.flyteconnect.internal.store.StoredLogin;
import io.flyteconnect.testsupport.BrokenDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
public class FileStoreTests {

	private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

	@TempDir
	Path folder;

	@Test
	void whenLoginIsSavedThenAnotherStoreReadsAllOfIt() {
		store("server-a").save(login("access=1\n#x", "refresh-1"));
		StoredLogin read = store("server-a").load();
		assertThat(read.accessToken().getTokenValue()).isEqualTo("access=1\n#x");
		assertThat(read.accessToken().getTokenType()).isEqualTo(TokenType.BEARER);
		assertThat(read.accessToken().getIssuedAt()).isEqualTo(NOW);
		assertThat(read.accessToken().getExpiresAt()).isEqualTo(NOW.plusSeconds(60));
		assertThat(read.accessToken().getScopes()).containsExactlyInAnyOrder("all", "offline");
		assertThat(read.refreshToken().getTokenValue()).isEqualTo("refresh-1");
		assertThat(read).asString().doesNotContain("access=1", "refresh-1");
	}

	@Test
	void whenNothingWasSavedThenThereIsNothingAndNoFileIsMade() {
		assertThat(store("server-a").load()).isNull();
		store("server-a").remove();
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void whenFilesAreMadeThenOnlyTheirOwnerHasRightsAndNoTokenIsReadable() throws IOException {
		store("server-a").save(login("access-1", "refresh-1"));
		try (Stream<Path> files = Files.list(file().getParent())) {
			List<Path> all = files.toList();
			assertThat(all).extracting((path) -> path.getFileName().toString())
				.containsExactlyInAnyOrder("default", "default.key", "default.lock");
			for (Path path : all) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
				assertThat(Files.readString(path)).doesNotContain("access-1", "refresh-1");
			}
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
			.isEqualTo("rwx------");
	}

	@Test
	void whenConnectionIsUsedWithTwoServersThenEachHasItsOwnLogin() {
		store("server-a").save(login("access-a", null));
		store("server-b").save(login("access-b", null));
		store("server-b").save(login("access-c", null));
		assertThat(store("server-a").load().accessToken().getTokenValue()).isEqualTo("access-a");
		assertThat(store("server-b").load().accessToken().getTokenValue()).isEqualTo("access-c");
		store("server-a").remove();
		assertThat(store("server-a").load()).isNull();
		assertThat(store("server-b").load()).isNotNull();
	}

	@Test
	void whenKeyIsGivenThenThereIsNoKeyFileAndAnotherKeyReadsNothing() {
		new FileStore(file(), "server-a", StoreKeys.encryptor("0123456789abcdef")).save(login("access-1", null));
		assertThat(file().resolveSibling("default.key")).doesNotExist();
		assertThat(new FileStore(file(), "server-a", StoreKeys.encryptor("0123456789abcdef")).load()).isNotNull();
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> new FileStore(file(), "server-a", StoreKeys.encryptor("fedcba9876543210")).load())
			.withMessageContaining("another key");
	}

	@Test
	void whenOwnEncryptorWritesAnythingThenItIsReadAgain() {
		new FileStore(file(), "server-a", Encryptors.noOpText()).save(login("access-1", null));
		assertThat(new FileStore(file(), "server-a", Encryptors.noOpText()).load().accessToken().getTokenValue())
			.isEqualTo("access-1");
	}

	@Test
	void whenFileIsDamagedThenThatIsSaidOnceAndTheNextLoginIsKept(CapturedOutput output) throws IOException {
		store("server-a").save(login("access-1", null));
		for (String damage : List.of("no line", "server-a=\u0000\n", "\u00ff=\n")) {
			Files.writeString(file(), damage);
			FileStore store = store("server-a");
			assertThat(store.load()).isNull();
			store.save(login("access-2", null));
			assertThat(store.load().accessToken().getTokenValue()).isEqualTo("access-2");
			assertThat(Files.readString(file())).endsWith(damage.strip() + "\n");
		}
		assertThat(output.toString().split("is damaged, first in line 1;", -1)).hasSize(1 + 3);
	}

	@Test
	void whenOwnLineIsDamagedThenThatIsSaidAndTheNextLoginReplacesIt() throws IOException {
		FileStore store = store("server-a");
		store.save(login("access-1", null));
		for (String damage : List.of("server-a=zzz\n", "server-a=z\n")) {
			Files.writeString(file(), damage);
			assertThatExceptionOfType(StoreException.class).isThrownBy(store::load).withMessageContaining("damaged");
			store.save(login("access-2", null));
			assertThat(store.load().accessToken().getTokenValue()).isEqualTo("access-2");
		}
	}

	@Test
	void whenOneLineIsDamagedThenTheOthersOutliveTheNextSave() throws IOException {
		for (String login : List.of("server-a", "server-b", "server-c")) {
			store(login).save(login("access of " + login, null));
		}
		List<String> lines = Files.readAllLines(file());
		Files.writeString(file(), lines.get(0) + "\r\n" + lines.get(1).substring(0, 20) + " cut\n" + lines.get(2));
		store("server-d").save(login("access of server-d", null));
		store("server-c").remove();
		assertThat(store("server-a").load().accessToken().getTokenValue()).isEqualTo("access of server-a");
		assertThat(store("server-b").load()).isNull();
		assertThat(store("server-c").load()).isNull();
		assertThat(store("server-d").load().accessToken().getTokenValue()).isEqualTo("access of server-d");
		assertThat(Files.readString(file())).endsWith(lines.get(1).substring(0, 20) + " cut\n");
	}

	@Test
	void whenFileIsTooLargeThenItIsMovedAside() throws IOException {
		Files.createDirectories(file().getParent());
		Files.writeString(file(), "x".repeat(BoundedFile.LIMIT + 1));
		FileStore store = store("server-a");
		assertThatExceptionOfType(StoreException.class).isThrownBy(store::load).withMessageContaining("larger");
		store.save(login("access-1", null));
		assertThat(store.load()).isNotNull();
		assertThat(file().resolveSibling("default.damaged")).hasSize(BoundedFile.LIMIT + 1L);
	}

	@Test
	void whenFileIsALinkThenItStaysOneAndItsTargetIsReplaced() throws IOException {
		Path real = Files.createDirectories(this.folder.resolve("real"));
		Files.createDirectories(file().getParent());
		Files.createSymbolicLink(this.folder.resolve("data"), real);
		Files.createSymbolicLink(file(), Path.of("../data/logins"));
		Files.createSymbolicLink(file().resolveSibling("default.key"), real.resolve("logins.key"));
		store("server-a").save(login("access-1", null));
		store("server-b").save(login("access-2", null));
		assertThat(file()).isSymbolicLink();
		assertThat(file().resolveSibling("default.key")).isSymbolicLink();
		assertThat(real).isDirectoryContaining("glob:**/logins").isDirectoryContaining("glob:**/logins.key");
		assertThat(Files.readAllLines(real.resolve("logins"))).hasSize(2);
		assertThat(store("server-a").load().accessToken().getTokenValue()).isEqualTo("access-1");
	}

	@Test
	void whenTheDiskKeepsLessThanItSaysThenTheOldFileStaysAndThatIsSaid() throws IOException {
		store("server-a").save(login("access-1", null));
		byte[] before = Files.readAllBytes(file());
		try (BrokenDisk disk = new BrokenDisk()) {
			FileStore store = new FileStore(disk.path(file()), "server-a", null);
			disk.lose(10);
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.save(login("access-2", null)))
				.withMessageContaining("the disk kept");
			assertThat(Files.readAllBytes(file())).isEqualTo(before);
			disk.lose(0);
			store.save(login("access-3", null));
			assertThat(store.load().accessToken().getTokenValue()).isEqualTo("access-3");
		}
	}

	@Test
	void whenALoginIsSavedThenTheFileIsOnTheDiskBeforeItsNameAndTheNameBeforeTheEnd() {
		store("server-a").save(login("access-1", null));
		try (BrokenDisk disk = new BrokenDisk()) {
			new FileStore(disk.path(file()), "server-a", null).save(login("access-2", null));
			assertThat(disk.steps()).hasSize(3);
			assertThat(disk.steps().get(0)).startsWith("flush " + file() + ".").endsWith(".new");
			assertThat(disk.steps().get(1)).isEqualTo("move " + file());
			assertThat(disk.steps().get(2)).isEqualTo("flush " + file().getParent());
		}
	}

	@Test
	void whenTheKeyIsMadeThenItsNameIsOnTheDiskBeforeTheLoginThatItEncrypts() {
		try (BrokenDisk disk = new BrokenDisk()) {
			new FileStore(disk.path(file()), "server-a", null).save(login("access-1", null));
			assertThat(disk.steps().subList(1, 3)).containsExactly("move " + file() + ".key",
					"flush " + file().getParent());
			assertThat(disk.steps().subList(4, 6)).containsExactly("move " + file(), "flush " + file().getParent());
		}
	}

	@Test
	void whenTheFileIsALinkThenTheFolderOfItsTargetIsFlushed() throws IOException {
		Path real = Files.createDirectories(this.folder.resolve("real"));
		Files.createDirectories(file().getParent());
		Files.createSymbolicLink(file(), real.resolve("logins"));
		store("server-a").save(login("access-1", null));
		try (BrokenDisk disk = new BrokenDisk()) {
			new FileStore(disk.path(file()), "server-a", null).save(login("access-2", null));
			assertThat(disk.steps()).endsWith("move " + real.resolve("logins"), "flush " + real);
		}
	}

	@Test
	void whenKeyIsGoneThenThatIsSaidAndTheNextLoginMakesAnother() throws IOException {
		FileStore store = store("server-a");
		store.save(login("access-1", null));
		Files.delete(file().resolveSibling("default.key"));
		assertThatExceptionOfType(StoreException.class).isThrownBy(store::load).withMessageContaining("is gone");
		store.save(login("access-2", null));
		assertThat(store.load().accessToken().getTokenValue()).isEqualTo("access-2");
	}

	@Test
	void whenOthersCanReadTheKeyThenItIsNotUsed() throws IOException {
		FileStore store = store("server-a");
		store.save(login("access-1", null));
		Files.setPosixFilePermissions(file().resolveSibling("default.key"),
				PosixFilePermissions.fromString("rw-r--r--"));
		assertThatExceptionOfType(StoreException.class).isThrownBy(store::load).withMessageContaining("chmod 600");
	}

	@Test
	void whenFolderCannotBeMadeThenThatIsSaid() throws IOException {
		Files.writeString(this.folder.resolve("tokens"), "a file");
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store("a").save(login("access-1", null)))
			.withMessageContaining("tokens");
	}

	@Test
	void whenSeveralProcessesWriteThenNoLoginIsLost() throws Exception {
		List<Process> processes = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			processes.add(new ProcessBuilder(java("process-" + i)).inheritIO().start());
		}
		for (Process process : processes) {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		for (int i = 0; i < 3; i++) {
			for (int j = 0; j < 20; j++) {
				assertThat(store("process-" + i + "-" + j).load()).as(i + "/" + j).isNotNull();
			}
		}
	}

	@Test
	void whenOneHoldsTheStoreThenTheOtherWaits() throws Exception {
		FileStore one = store("server-a");
		one.save(login("access-1", null));
		FileStore other = store("server-a");
		Thread thread = new Thread(() -> {
			try (SharedStore.Hold mine = other.hold()) {
				other.save(login(other.load().accessToken().getTokenValue() + "+2", null));
			}
		});
		try (SharedStore.Hold hold = one.hold()) {
			thread.start();
			await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
			one.save(login("access-3", null));
			assertThat(thread.isAlive()).isTrue();
		}
		thread.join(10_000);
		assertThat(one.load().accessToken().getTokenValue()).isEqualTo("access-3+2");
	}

	@Test
	void whenDiskIsFullThenTheOldFileStaysAndThatIsSaid() throws Exception {
		for (String login : List.of("process-0", "process-1", "process-2")) {
			store(login).save(login("access of " + login, null));
		}
		byte[] before = Files.readAllBytes(file());
		// With the rest of the limit a part of the new file fits: one whole line, then
		// less.
		int fitting = before.length / 512;
		for (int blocks : new int[] { fitting, 1, 0 }) {
			assertThat(writeWithin(blocks)).as(blocks + " blocks").contains("File too large");
			assertThat(Files.readAllBytes(file())).as(blocks + " blocks").isEqualTo(before);
			try (Stream<Path> files = Files.list(file().getParent())) {
				assertThat(files.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("default",
						"default.key", "default.lock");
			}
		}
		assertThat(store("process-1").load().accessToken().getTokenValue()).isEqualTo("access of process-1");
	}

	@Test
	void whenDiskIsFullBeforeTheFirstLoginThenNoPartOfAFileIsLeft() throws Exception {
		assertThat(writeWithin(0)).contains("File too large");
		assertThat(file()).doesNotExist();
		assertThat(file().resolveSibling("default.key")).doesNotExist();
		store("process-0").save(login("access-1", null));
		assertThat(store("process-0").load()).isNotNull();
	}

	private List<String> java(String login) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
				"-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions",
				"-XX:-BytecodeVerificationRemote", "-cp", System.getProperty("java.class.path"),
				StoreWriter.class.getName(), file().toString(), login);
	}

	// The limit of a process for the size of its files, in blocks of 512 bytes, stands
	// for
	// a disk: a write takes what fits, and only the next one fails.
	private String writeWithin(int blocks) throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
		command.addAll(java("process-9"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isNotZero();
		return output;
	}

	private Path file() {
		return this.folder.resolve("tokens").resolve("default");
	}

	private FileStore store(String login) {
		return new FileStore(file(), login, null);
	}

	public static StoredLogin login(String access, String refresh) {
		return new StoredLogin(
				new OAuth2AccessToken(TokenType.BEARER, access, NOW, NOW.plusSeconds(60), Set.of("all", "offline")),
				(refresh != null) ? new OAuth2RefreshToken(refresh, NOW) : null, "mark of a secret");
	}

}
