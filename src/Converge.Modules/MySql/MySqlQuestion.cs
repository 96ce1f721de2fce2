namespace Converge.Modules;

/// <summary>Asks the MySQL or MariaDB server of a host, with one start of its client for all who ask.</summary>
internal static class MySqlQuestion
{
    // Arguments are triples of a word and two names in hexadecimal digits, so that nothing of them can be taken for shell or SQL. Names are
    // compared as hexadecimal digits too: columns of the system tables have collations of many kinds, which do not always compare.
    private static readonly string _script = $$"""
        client=
        for program in mariadb mysql; do
          if command -v "$program" >/dev/null 2>&1; then client=$program; break; fi
        done
        server=none
        for path in /usr/sbin/mysqld /usr/sbin/mariadbd /usr/libexec/mysqld /usr/libexec/mariadbd /var/lib/mysql/mysql; do
          if [ -e "$path" ]; then server=found; break; fi
        done
        printf 'client\t%s\nserver\t%s\n' "$client" "$server"
        if [ -z "$client" ]; then exit 0; fi
        rights() {
          printf '%s\n' "SELECT 'right', '$1', '$2', $3, privilege_type, is_grantable FROM information_schema.$4 WHERE HEX(CONVERT(grantee USING utf8mb4)) = '27${1}274027${2}27';"
        }
        sql() {
          printf '%s\n' "SELECT 'version', VERSION();" \
            "SHOW GLOBAL VARIABLES WHERE Variable_name = 'partial_revokes';" \
            "SELECT 'database privileges', COUNT(*) - 1 FROM information_schema.columns WHERE table_schema = 'mysql' AND table_name = 'db' AND RIGHT(column_name, 5) = '_priv';" \
            "SELECT 'table privileges', column_type FROM information_schema.columns WHERE table_schema = 'mysql' AND table_name = 'tables_priv' AND column_name = 'Table_priv';" \
            "SELECT 'privileges'; SHOW PRIVILEGES; SELECT 'end';"
          while [ $# -ge 3 ]; do
            case $1 in
              database)
                printf '%s\n' "SELECT 'database', '$2', default_character_set_name, default_collation_name FROM information_schema.schemata WHERE HEX(CONVERT(schema_name USING utf8mb4)) = '$2';" ;;
              schema)
                printf '%s\n' "SET @converge = 'DO 0';" \
                  "SELECT CONCAT('SELECT ''schema'', ''$2'', ''$3'', sha256 FROM ', CHAR(96), REPLACE(table_schema, CHAR(96), CONCAT(CHAR(96), CHAR(96))), CHAR(96), '.converge_schema WHERE HEX(CONVERT(name USING utf8mb4)) = ''$3'' ORDER BY applied_at, sha256') INTO @converge FROM information_schema.tables WHERE HEX(CONVERT(table_schema USING utf8mb4)) = '$2' AND table_name = 'converge_schema';" \
                  "PREPARE converge FROM @converge; EXECUTE converge;" ;;
              user)
                printf '%s\n' "SELECT 'account', '$2', '$3', plugin, HEX(COALESCE(authentication_string, '')) FROM mysql.user WHERE HEX(CONVERT(user USING utf8mb4)) = '$2' AND HEX(CONVERT(host USING utf8mb4)) = '$3';"
                rights "$2" "$3" "'', '', ''" user_privileges
                rights "$2" "$3" "HEX(CONVERT(table_schema USING utf8mb4)), '', ''" schema_privileges
                rights "$2" "$3" "HEX(CONVERT(table_schema USING utf8mb4)), HEX(CONVERT(table_name USING utf8mb4)), ''" table_privileges
                rights "$2" "$3" "HEX(CONVERT(table_schema USING utf8mb4)), HEX(CONVERT(table_name USING utf8mb4)), HEX(CONVERT(column_name USING utf8mb4))" column_privileges ;;
            esac
            shift 3
          done
        }
        sql "$@" | "$client" {{MySqlClient.ShellArguments}}
        """;

    private static readonly Question<MySqlAnswer> _question = new("mysql", _script, MySqlAnswer.Read);

    public static Query<MySqlDatabaseState> Database(string name) => Ask("database", name, "").Select(a => a.Database(name));

    public static Query<MySqlSchemaState> Schema(string database, string name) => Ask("schema", database, name).Select(a => a.Schema(database, name));

    public static Query<MySqlUserState> User(string user, string host) => Ask("user", user, host).Select(a => a.User(user, host));

    private static Query<MySqlAnswer> Ask(string word, string first, string second) => _question.Ask(word, SqlText.Hex(first), SqlText.Hex(second));
}
